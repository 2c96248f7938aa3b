import { useTranslation } from 'react-i18next';
import { useFormat } from '../../ui/use-format.js';
import type { Change } from './draft-diff.js';
import type { en } from '../../i18n/en.js';
import css from './task-form.module.css';

type FieldKey = keyof (typeof en)['form']['field'];

/** What differs from the original, value by value. */
export function ChangeList({ changes }: { changes: readonly Change[] }) {
  const { t } = useTranslation();
  const format = useFormat();
  const text = (value: unknown): string => {
    if (value === undefined) return t('form.clone.empty');
    if (typeof value === 'number') return format.value(value);
    if (typeof value === 'boolean') return t(value ? 'value.yes' : 'value.no');
    if (Array.isArray(value) && value.every((one) => typeof one === 'string')) return value.join(', ');
    return typeof value === 'string' ? value : JSON.stringify(value);
  };
  const nameOf = (path: string) =>
    path.startsWith('extraParams.') ? path.slice('extraParams.'.length) : t(`form.field.${path as FieldKey}`);
  return (
    <ul className={css.changeList}>
      {changes.map(({ path, before, after }) => (
        <li key={path}>
          <span>{nameOf(path)}</span>
          <code>
            {text(before)} → {text(after)}
          </code>
        </li>
      ))}
    </ul>
  );
}
