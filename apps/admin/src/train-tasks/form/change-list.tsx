import type { JsonValue } from '@lora-ledger/training';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../../ui/use-format.js';
import { valueText } from '../../ui/value-text.js';
import type { Change } from './draft-diff.js';
import type { en } from '../../i18n/en.js';
import css from './task-form.module.css';

type FieldKey = keyof (typeof en)['form']['field'];

/** What differs from the original, value by value. */
export function ChangeList({ changes }: { changes: readonly Change[] }) {
  const { t } = useTranslation();
  const format = useFormat();
  const text = (value: unknown): string => (value === undefined ? t('form.clone.empty') : valueText(t, format, value as JsonValue));
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
