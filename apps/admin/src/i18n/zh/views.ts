import type { views as english } from '../en/views.js';
import type { CatalogueOf } from '../catalogue.js';

export const views: CatalogueOf<typeof english> = {
  title: '视图',
  saveThis: '保存当前视图',
  update: '用当前列表更新“{{name}}”',
  updated: '视图“{{name}}”已更新',
  change: '修改视图',
  none: '还没有保存的视图。视图会记住列表的筛选条件和排序。',
  by: '创建者：{{owner}}',
  everyone: '对所有人可见',
  rename: '修改视图 {{name}}',
  delete: '删除视图 {{name}}',
  deleted: '视图“{{name}}”已删除',
  saved: '视图“{{name}}”已保存',
  name: '名称',
  forEveryone: '对所有人可见',
  forEveryoneText: '其他人只能在其中看到自己有权查看的任务。',
  save: '保存',
};
