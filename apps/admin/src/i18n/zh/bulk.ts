import type { bulk as english } from '../en/bulk.js';
import type { CatalogueOf } from '../catalogue.js';

export const bulk: CatalogueOf<typeof english> = {
  all: '选择全部 {{formatted}} 个匹配任务',
  allSelected: '已选择全部 {{formatted}} 个匹配任务',
  compare: '对比 {{count}} 个',
  compareCount: '请选择 {{min}} 到 {{max}} 个任务进行对比，当前已选 {{count}} 个。',
  none_other: '{{action}}：这 {{count}} 个任务的当前状态均不支持此操作。',
  tags: '标签',
  addTags: '添加标签',
  removeTags: '移除标签',
  apply: '应用',
  confirm: {
    title: '{{action}}：共 {{formatted}} 个任务？',
    go: '执行',
    back: '返回',
  },
  tagged_other: '已更改 {{count}} 个任务的标签',
  skipped_other: '已跳过 {{count}} 个任务：{{names}}',
  progress: '{{action}}：已完成 {{done}} / {{total}}',
  stop: '停止',
  goOn: '继续',
  stopped: '已停止：其余 {{formatted}} 个保持不变。',
};
