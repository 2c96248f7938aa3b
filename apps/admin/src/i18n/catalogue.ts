import type { en } from './en.js';
import type { analytics } from './en/analytics.js';
import type { form } from './en/form-page.js';

/**
 * What every language has to say: the keys of the English catalogue. The plural forms of a sentence are the language's own affair,
 * so only `_other`, which all languages have, is asked for.
 */
export type CatalogueOf<T> = {
  readonly [Key in keyof T as Key extends `${string}_one` | `${string}_zero` ? never : Key]: T[Key] extends string ? string : CatalogueOf<T[Key]>;
};

/** Sections that are loaded with the page they belong to. */
export type LateSection = 'analytics' | 'form';
export type English = typeof en & { readonly analytics: typeof analytics; readonly form: typeof form };

export type Section<Name extends keyof typeof en> = CatalogueOf<(typeof en)[Name]>;
export type Catalogue = CatalogueOf<typeof en>;
