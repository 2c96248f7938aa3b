import { IconFileCheck, IconWand } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { FieldOrigin } from './field-origin.js';
import css from './task-form.module.css';

/** Says whether a value stands in the file or was only inferred. */
export function OriginMark({ origin }: { origin: FieldOrigin }) {
  const { t } = useTranslation();
  const Icon = origin === 'file' ? IconFileCheck : IconWand;
  return (
    <span className={css.origin} data-origin={origin}>
      <Icon size={13} aria-hidden />
      {t(`form.origin.${origin}`)}
    </span>
  );
}
