import type { Language } from './i18n.js';

/** What only some pages say comes with those pages. Each file exports its section by its name. */
export const LATE_SECTIONS = {
  analytics: { en: () => import('./en/analytics.js'), zh: () => import('./zh/analytics.js') },
  audit: { en: () => import('./en/audit.js'), zh: () => import('./zh/audit.js') },
  compare: { en: () => import('./en/compare.js'), zh: () => import('./zh/compare.js') },
  detail: { en: () => import('./en/detail.js'), zh: () => import('./zh/detail.js') },
  form: { en: () => import('./en/form-page.js'), zh: () => import('./zh/form-page.js') },
  personal: { en: () => import('./en/personal.js'), zh: () => import('./zh/personal.js') },
  queue: { en: () => import('./en/queue.js'), zh: () => import('./zh/queue.js') },
  users: { en: () => import('./en/users.js'), zh: () => import('./zh/users.js') },
} satisfies Record<string, Record<Language, () => Promise<object>>>;

export type LateSection = keyof typeof LATE_SECTIONS;
