import type { auth as english } from '../en/auth.js';
import type { CatalogueOf } from '../catalogue.js';

export const auth: CatalogueOf<typeof english> = {
  signIn: {
    title: '登录',
    lead: '团队的每一次 LoRA 训练：有记录、可解释、可复现。',
    username: '用户名',
    password: '密码',
    submit: '登录',
    wrong: '用户名或密码不正确，或账户已停用。',
    expired: '登录已过期。重新登录后可回到刚才的页面。',
    setupHint: '还没有任何账户。请打开服务器启动时打印的初始化链接，或',
    setupLink: '在此输入其中的代码',
    singleSignOn: '使用 {{provider}} 登录',
    or: '或',
    sso: {
      refused: '登录服务认识你，但你无权使用此系统。请联系管理员。',
      failed: '在登录服务处的登录未完成，请重试。',
      unavailable: '暂时无法连接登录服务。',
    },
  },
  setup: {
    title: '创建首位管理员',
    lead: '此步骤只需进行一次。这里创建的账户可以查看所有任务并添加其他人。',
    code: '初始化代码',
    codeHint: '服务器启动时打印的链接中包含此代码。',
    username: '用户名',
    usernameRule: '只能使用字母、数字和 . _ @ -，并以字母或数字开头',
    password: '密码',
    codeRule: '请输入代码',
    submit: '创建账户并登录',
    done: '此系统已有管理员。',
    toSignIn: '前往登录',
  },
};
