import type { palette as english } from '../en/palette.js';
import type { CatalogueOf } from '../catalogue.js';

export const palette: CatalogueOf<typeof english> = {
  open: '搜索或跳转',
  title: '命令面板',
  placeholder: '页面、命令、视图或任务……',
  here: '当前页面',
  pages: '前往',
  commands: '命令',
  tasks: '任务',
  scheme: '配色：{{scheme}}',
  nothing: '没有找到“{{text}}”',
};
