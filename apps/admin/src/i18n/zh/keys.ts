import type { keys as english } from '../en/keys.js';
import type { CatalogueOf } from '../catalogue.js';

export const keys: CatalogueOf<typeof english> = {
  title: '键盘操作',
  open: '键盘快捷键',
  search: '搜索',
  move: '下一行 / 上一行',
  openRow: '打开当前行',
  select: '选择当前行',
  actions: '跳到所选行的可用操作',
  clone: '克隆',
  compare: '对比所选的行',
  trash: '将所选的行（或当前行）移到回收站',
  restore: '恢复所选的行（或当前行）',
  submit: '提交表单',
  undo: '撤销最近一条消息所述的操作',
  palette: '搜索或跳转到任意位置',
  help: '显示此帮助',
  enabled: '启用单字母快捷键',
};
