import type { table as english } from '../en/table.js';
import type { CatalogueOf } from '../catalogue.js';

export const table: CatalogueOf<typeof english> = {
  columns: '列',
  columnMenu: '“{{column}}”列的选项',
  sortAscending: '升序排列',
  sortDescending: '降序排列',
  sortThen: '再按此列排序',
  sortHint: '点击排序；按住 Shift 点击可追加为下一排序键',
  sortPlace: '第 {{place}} 排序键',
  shade: '按数值着色',
  unshade: '取消着色',
  shadeAll: '为所有数值列着色',
  sortClear: '取消按此列排序',
  pin: '固定在左侧',
  unpin: '取消固定',
  hide: '隐藏此列',
  moveLeft: '左移',
  moveRight: '右移',
  wider: '加宽',
  narrower: '收窄',
  resetColumns: '恢复默认列',
  loading: '加载中',
  end: '已全部显示',
  actions: '操作',
  selectRow: '选择 {{name}}',
  selectAll: '选择所有已加载的行',
};
