import type { exporting as english } from '../en/exporting.js';
import type { CatalogueOf } from '../catalogue.js';

export const exporting: CatalogueOf<typeof english> = {
  title: '导出',
  listHint: '当前筛选列表中的全部任务',
  csv: '表格（CSV）',
  json: 'JSON 文件',
  config: '导出配置',
  configTitle: '导出配置文件',
  format: '格式',
  own: '任务所用训练器的格式',
  download: '下载',
  warnings_other: '该格式无法原样表达 {{count}} 处内容',
};
