import type { password as english } from '../en/password.js';
import type { CatalogueOf } from '../catalogue.js';

export const password: CatalogueOf<typeof english> = {
  show: '显示密码',
  hint: '至少 {{min}} 个字符。一句短语更容易记住。',
  length: '已输入 {{count}} 个字符，至少需要 {{min}} 个',
  suggest: '生成一个',
  suggested: '请立即复制，之后不再显示。',
  good: '可以使用',
};
