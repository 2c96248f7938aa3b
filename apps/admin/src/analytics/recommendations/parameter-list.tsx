import type { Change } from '@lora-ledger/contracts';
import { useTranslation } from 'react-i18next';
import { useWords } from '../words.js';
import css from './recommendations.module.css';

/** Parameters as people read them; those that differ from the task they are compared with stand first and say from what. */
export function ParameterList({ values, changes }: { values: Readonly<Record<string, string>>; changes: readonly Change[] }) {
  const { t } = useTranslation();
  const words = useWords();
  const before = new Map(changes.map(({ parameter, from }) => [parameter, from]));
  const names = Object.keys(values).sort((a, b) => Number(before.has(b)) - Number(before.has(a)));
  return (
    <dl className={css.parameters}>
      {names.map((name) => (
        <div key={name} data-changed={before.has(name) || undefined}>
          <dt>{words.parameter(name)}</dt>
          <dd>
            {before.has(name) && (
              <>
                <del aria-label={t('analytics.recommend.from', { value: words.value(before.get(name) ?? null) })}>
                  {words.value(before.get(name) ?? null)}
                </del>{' '}
                <span aria-hidden>→</span>{' '}
              </>
            )}
            {values[name]}
          </dd>
        </div>
      ))}
    </dl>
  );
}

/** @param read how a value reads */
export function valuesOf<Value>(values: Readonly<Record<string, Value>>, read: (value: Value) => string): Record<string, string> {
  return Object.fromEntries(Object.entries(values).map(([name, value]) => [name, read(value)]));
}
