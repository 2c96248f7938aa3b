import i18next from 'i18next';
import { initReactI18next } from 'react-i18next';
import type { Catalogue, English } from './catalogue.js';
import { LATE_SECTIONS, type LateSection } from './late-sections.js';

declare module 'i18next' {
  interface CustomTypeOptions {
    resources: { translation: English };
    defaultNS: 'translation';
  }
}

export const LANGUAGES = { en: 'English', zh: '简体中文' } as const;
export type Language = keyof typeof LANGUAGES;

const STORAGE_KEY = 'lora-ledger.language';
const LOADERS: Record<Language, () => Promise<Catalogue>> = {
  en: async () => (await import('./en.js')).en,
  zh: async () => (await import('./zh.js')).zh,
};
const lateLoaded = new Set<LateSection>();

/** Loads the catalogue of the person's language; must be done before the first component renders. */
export async function startI18n(): Promise<void> {
  const language = preferredLanguage(localStorage.getItem(STORAGE_KEY), navigator.languages);
  await i18next.use(initReactI18next).init({
    lng: language,
    fallbackLng: false,
    resources: { [language]: { translation: await LOADERS[language]() } },
    // React escapes text by itself.
    interpolation: { escapeValue: false },
    returnNull: false,
  });
  announce(language);
}

/** Must be done before the page that needs the sections renders. */
export async function loadSections(...sections: LateSection[]): Promise<void> {
  for (const section of sections) lateLoaded.add(section);
  await Promise.all(sections.map((section) => addSection(section, i18next.language as Language)));
}

async function addSection(section: LateSection, language: Language): Promise<void> {
  i18next.addResourceBundle(language, 'translation', { ...(await LATE_SECTIONS[section][language]()) }, true);
}

export async function changeLanguage(language: Language): Promise<void> {
  i18next.addResourceBundle(language, 'translation', await LOADERS[language](), true);
  await Promise.all([...lateLoaded].map((section) => addSection(section, language)));
  localStorage.setItem(STORAGE_KEY, language);
  await i18next.changeLanguage(language);
  announce(language);
}

/** The language somebody chose here, else the first one of the browser's that there is a catalogue for, else English. */
export function preferredLanguage(chosen: string | null, wanted: readonly string[]): Language {
  const available = [chosen, ...wanted]
    .map((tag) => tag?.split('-')[0])
    .find((name) => name !== undefined && Object.hasOwn(LANGUAGES, name));
  return (available as Language | undefined) ?? 'en';
}

/** Screen readers and the browser's hyphenation and fonts go by this. */
function announce(language: Language): void {
  document.documentElement.lang = language === 'zh' ? 'zh-CN' : 'en';
}
