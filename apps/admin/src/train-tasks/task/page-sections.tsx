import { useTranslation } from 'react-i18next';
import { LOG_ID } from './log-card.js';
import css from './task-page.module.css';

/** Parts of the page that an address can name. */
export const SECTIONS = {
  curves: 'curves',
  log: LOG_ID,
  output: 'files',
  parameters: 'parameters',
  family: 'family',
  timeline: 'history',
} as const;
const SHOWN = ['curves', 'log', 'parameters', 'family', 'timeline'] as const;

/** On a narrow screen the page is long: one row of links that stays in sight. */
export function PageSections() {
  const { t } = useTranslation();
  const titles = {
    curves: t('detail.curve.title'),
    log: t('detail.log.title'),
    parameters: t('detail.parameters.title'),
    family: t('detail.family.short'),
    timeline: t('detail.timeline.title'),
  };
  return (
    <nav className={css.sections} aria-label={t('detail.sections')}>
      {SHOWN.map((section) => (
        <a key={section} href={`#${SECTIONS[section]}`}>
          {titles[section]}
        </a>
      ))}
    </nav>
  );
}
