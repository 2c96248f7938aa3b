import type { common as english } from '../en/common.js';
import type { CatalogueOf } from '../catalogue.js';

export const common: CatalogueOf<typeof english> = {
  product: 'LoRA Ledger',
  nav: {
    label: '主导航',
    tasks: '任务',
    newTask: '新建任务',
    trash: '回收站',
    open: '打开导航',
    skip: '跳到正文',
  },
  account: {
    menu: '{{name}} 的账户',
    signOut: '退出登录',
    admin: '管理员',
    member: '成员',
  },
  preferences: {
    language: '语言',
    scheme: '外观',
    light: '浅色',
    dark: '深色',
    auto: '跟随系统',
  },
  action: {
    cancel: '取消',
    close: '关闭',
    copy: '复制',
    copied: '已复制',
    tryAgain: '重试',
    undo: '撤销',
    reset: '重置',
    back: '返回任务列表',
    more: '更多',
  },
  connection: {
    lost: '与服务器的连接已断开，页面内容可能不是最新的；正在重新连接……',
  },
  value: {
    none: '—',
    yes: '是',
    no: '否',
    andMore: '另有 {{count}} 项',
  },
  notFound: {
    title: '这里什么都没有',
    text: '页面不存在，或者它属于没有与你共享的人。',
  },
  crash: {
    title: '无法显示此页面',
    text: '应用的其他部分仍可使用。重新加载通常可以解决问题。',
    reload: '重新加载',
  },
  problem: {
    VALIDATION: '请求中有内容无效。',
    UNAUTHENTICATED: '你尚未登录。',
    FORBIDDEN: '你没有权限执行此操作。',
    NOT_FOUND: '对象不存在或已被移除。',
    STATE_CONFLICT: '任务的状态在此期间已经改变，页面现已更新。',
    TOO_LARGE: '内容过大，无法接受。',
    UNSUPPORTED_FORMAT: '无法识别此文件格式。',
    SECRET_IN_CONFIG: '配置中含有凭据。请将其移除，改为通过训练器的环境变量提供。',
    RATE_LIMITED: '尝试次数过多，请稍后再试。',
    INTERNAL: '服务器出错，错误已记录在服务器日志中。',
    UNAVAILABLE: '服务器暂时不可用。',
    OFFLINE: '无法连接到服务器。',
  },
};
