import { useTranslation } from 'react-i18next';
import css from './code-sample.module.css';
import { CopyButton } from './copy-button.js';

/** A command or file to take away. */
export function CodeSample({ text, label }: { text: string; label: string }) {
  const { t } = useTranslation();
  return (
    <div className={css.sample}>
      <pre className={css.code} tabIndex={0} aria-label={label}>
        {text}
      </pre>
      <span className={css.copy}>
        <CopyButton text={text} label={`${t('action.copy')}${t('value.colon')}${label}`} />
      </span>
    </div>
  );
}
