import type { en } from './en.js';
import type { LateSection, LATE_SECTIONS } from './late-sections.js';

/**
 * What every language has to say: the keys of the English catalogue. The plural forms of a sentence are the language's own affair,
 * so only `_other`, which all languages have, is asked for.
 */
export type CatalogueOf<T> = {
  readonly [Key in keyof T as Key extends `${string}_one` | `${string}_zero` ? never : Key]: T[Key] extends string
    ? string
    : CatalogueOf<T[Key]>;
};

/** The sections that are loaded with the pages they belong to. */
type Late = {
  readonly [Name in LateSection]: Awaited<ReturnType<(typeof LATE_SECTIONS)[Name]['en']>>[Name &
    keyof Awaited<ReturnType<(typeof LATE_SECTIONS)[Name]['en']>>];
};
export type English = typeof en & Late;

export type Section<Name extends keyof typeof en> = CatalogueOf<(typeof en)[Name]>;
export type Catalogue = CatalogueOf<typeof en>;
