import type { period as english } from '../en/period.js';
import type { CatalogueOf } from '../catalogue.js';

export const period: CatalogueOf<typeof english> = {
  any: '全部时间',
  lastHours: '最近 {{count}} 小时',
  lastDays: '最近 {{count}} 天',
  custom: '自定义范围',
  since: '{{from}} 起',
  until: '至 {{to}}',
  from: '从',
  to: '早于',
  apply: '应用',
  wrongWay: '必须晚于起始时间',
  chooseMonth: '选择月份',
  chooseYear: '选择年份',
  previousMonth: '上个月',
  nextMonth: '下个月',
  previousYear: '上一年',
  nextYear: '下一年',
  previousDecade: '前十年',
  nextDecade: '后十年',
};
