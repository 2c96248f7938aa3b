import type { sharing as english } from '../en/sharing.js';
import type { CatalogueOf } from '../catalogue.js';

export const sharing: CatalogueOf<typeof english> = {
  action: '共享',
  title: '共享“{{name}}”',
  lead: '被指定的人可以查看此任务的参数、曲线和日志，并克隆它，但不能修改。',
  people: '成员',
  peoplePlaceholder: '输入姓名',
  nobodyFound: '没有找到',
  everyone: '所有已登录的人',
  everyoneHint: '也包括以后加入的同事。',
  save: '保存',
  saved: '共享设置已保存',
  takeBack: '停止共享',
  takenBack: '已停止共享',
  status: {
    private: '只有所有者和管理员可以看到此任务。',
    everyone: '所有已登录的人都可以查看此任务。',
    people_other: '除所有者和管理员外，还有 {{count}} 人可以查看此任务。',
  },
  copyLink: '复制链接',
  linkCopied: '链接已复制',
  by: '由 {{name}} 共享',
  byHint: '你可以查看和克隆此任务，但不能修改。',
  none: {
    title: '还没有人与你共享任务',
    text: '同事共享给你的任务会出现在这里，可以查看和克隆。',
  },
  scope: { label: '谁的任务', mine: '我的', shared: '共享给我的', all: '全部' },
};
