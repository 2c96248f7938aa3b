import type { Change } from '@lora-ledger/contracts';
import { useTranslation } from 'react-i18next';
import { useWords } from '../words.js';
import css from './recommendations.module.css';

/** The parameters of a recommendation; those that differ from the task it is compared with stand first and say from what. */
export function ParameterList({ params, changes }: { params: Readonly<Record<string, string | number | boolean>>; changes: readonly Change[] }) {
  const { t } = useTranslation();
  const words = useWords();
  const before = new Map(changes.map(({ parameter, from }) => [parameter, from]));
  const names = Object.keys(params).sort((a, b) => Number(before.has(b)) - Number(before.has(a)));
  return (
    <dl className={css.parameters}>
      {names.map((name) => (
        <div key={name} data-changed={before.has(name) || undefined}>
          <dt>{words.parameter(name)}</dt>
          <dd>
            {before.has(name) && <><del aria-label={t('analytics.recommend.from', { value: words.value(before.get(name) ?? null) })}>{words.value(before.get(name) ?? null)}</del> <span aria-hidden>→</span> </>}
            {words.value(params[name] ?? null)}
          </dd>
        </div>
      ))}
    </dl>
  );
}
