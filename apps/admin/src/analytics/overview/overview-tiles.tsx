import { Text } from '@mantine/core';
import type { Overview, Totals } from '@lora-ledger/contracts';
import { MEDIAN_OF } from '@lora-ledger/contracts/analytics-names';
import { IconArrowDownRight, IconArrowRight, IconArrowUpRight } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { LinkAnchor } from '../../ui/links.js';
import { useFormat } from '../../ui/use-format.js';
import { listBehind, type AnalyticsSearch } from '../analytics-search.js';
import css from '../analytics.module.css';
import { useWords } from '../words.js';
import { changeOf } from './change.js';

/** The figures of the selection, each against the period before. */
export function OverviewTiles({ search, answer: { totals, previous } }: { search: AnalyticsSearch; answer: Overview }) {
  const { t } = useTranslation();
  const format = useFormat();
  const words = useWords();
  const running = listBehind(search, {}, { status: ['RUNNING'] });
  const { successRate } = totals;
  const before = (read: (one: Totals) => number | null): number | null => (previous === null ? null : read(previous));
  return (
    <dl className={css.tiles} style={{ margin: 0 }}>
      <Tile
        name={t('analytics.overview.tasks')}
        value={format.count(totals.all)}
        change={<Change now={totals.all} before={before(({ all }) => all)} />}
      />
      <Tile
        name={t('analytics.overview.rate')}
        value={words.rate(successRate.rate)}
        note={
          successRate.n === 0
            ? undefined
            : t('analytics.interval', { interval: words.interval(successRate), n: format.count(successRate.n) })
        }
        change={<PointChange now={successRate.rate} before={before((one) => one.successRate.rate)} />}
      />
      <Tile
        name={t('analytics.overview.running')}
        value={
          running === null ? (
            format.count(totals.running)
          ) : (
            <LinkAnchor to="/tasks" search={running} inherit>
              {format.count(totals.running)}
            </LinkAnchor>
          )
        }
        note={t('analytics.overview.waiting', { count: totals.pending, formatted: format.count(totals.pending) })}
      />
      <Tile
        name={t('analytics.overview.median')}
        value={format.duration(totals.medianSeconds)}
        note={totals.success > MEDIAN_OF ? t('analytics.overview.medianOf', { formatted: format.count(MEDIAN_OF) }) : undefined}
        change={<Change now={totals.medianSeconds} before={before((one) => one.medianSeconds)} />}
      />
      <Tile
        name={t('analytics.overview.gpuHours')}
        value={format.value(Number(totals.gpuHours.toPrecision(3)))}
        change={<Change now={totals.gpuHours} before={before((one) => one.gpuHours)} />}
      />
      <Tile
        name={t('analytics.overview.cost')}
        value={totals.cost === null ? t('value.none') : format.value(Number(totals.cost.toFixed(2)))}
        note={totals.cost === null ? t('analytics.cost.noPrice') : undefined}
        change={<Change now={totals.cost} before={before((one) => one.cost)} />}
      />
    </dl>
  );
}

function Tile({ name, value, note, change }: { name: string; value: ReactNode; note?: string; change?: ReactNode }) {
  return (
    <div className={css.tile}>
      <dt>{name}</dt>
      <dd className={css.tileValue}>{value}</dd>
      {note !== undefined && (
        <dd>
          <Text size="xs" c="dimmed">
            {note}
          </Text>
        </dd>
      )}
      {change !== undefined && <dd>{change}</dd>}
    </div>
  );
}

/** By how much a figure has changed. Neither direction is called good: more failures and more tasks are both more. */
function Change({ now, before }: { now: number | null; before: number | null }) {
  const { t } = useTranslation();
  const format = useFormat();
  const change = changeOf(now, before);
  if (change === null) return null;
  return <Trend change={change} text={t('analytics.overview.change', { change: format.signedPercent(change) })} />;
}

function PointChange({ now, before }: { now: number | null; before: number | null }) {
  const { t } = useTranslation();
  const format = useFormat();
  if (now === null || before === null) return null;
  const points = Math.round(100 * (now - before));
  return <Trend change={points} text={t('analytics.overview.points', { points: format.signed(points) })} />;
}

function Trend({ change, text }: { change: number; text: string }) {
  const Icon = change > 0 ? IconArrowUpRight : change < 0 ? IconArrowDownRight : IconArrowRight;
  return (
    <Text size="xs" c="dimmed" span display="inline-block" lh={1.35}>
      <Icon size={13} aria-hidden style={{ verticalAlign: '-2px' }} /> {text}
    </Text>
  );
}
