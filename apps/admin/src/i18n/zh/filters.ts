import type { filters as english } from '../en/filters.js';
import type { CatalogueOf } from '../catalogue.js';

export const filters: CatalogueOf<typeof english> = {
  add: '添加筛选',
  back: '全部筛选条件',
  find: '查找或输入值',
  none: '没有这样的值',
  allTags: '任务必须包含全部所选标签。',
  inSeconds: '单位为秒，从开始到结束。',
  extra: '额外参数',
  extraKey: '参数',
  extraValue: '值',
  from: '从',
  to: '到',
  apply: '应用',
  notANumber: '不是数字',
  gpu: '显卡',
  moment: '按哪个时间',
  extraKind: '筛选方式',
  extraIs: '单个值',
  extraRange: '数值范围',
  wrongWay: '前一个数大于后一个数',
};
