import type { DimensionValue, RateBin } from '@lora-ledger/contracts';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { GRID, nameAxis } from '../chart/axes.js';
import { ChartCard } from '../chart/chart-card.js';
import { shadeOf, useInk } from '../chart/ink.js';
import { useWords } from '../words.js';
import { useRates, type RateProps } from './use-rates.js';

const ROW = 46;
const COLUMN = 66;

/** Success rate by two parameters: a cell per pair of values, the deeper the better. */
export function RateMap({ search, answer, lead }: RateProps) {
  const { t } = useTranslation();
  const words = useWords();
  const ink = useInk();
  const { tooltip, figures, onPick } = useRates({ search, answer });
  const { bins } = answer;
  const [first = '', second = ''] = answer.by;
  const [columns, rows] = useMemo(() => [placesOf(bins, first), placesOf(bins, second)], [bins, first, second]);
  const option = useMemo(
    () => ({
      grid: { ...GRID, top: 26, left: 26, bottom: 26 },
      xAxis: {
        ...nameAxis(
          columns.map((value) => words.value(value).replace(' – ', ' –\n')),
          ink,
        ),
        name: words.parameter(first),
        nameLocation: 'middle',
        nameGap: 40,
        nameTextStyle: { color: ink.dimmed },
        position: 'bottom',
        axisLabel: { color: ink.text, fontSize: 11, interval: 0, hideOverlap: true, width: 120, overflow: 'truncate' },
      },
      yAxis: {
        ...nameAxis(rows.map(words.value), ink),
        inverse: true,
        name: words.parameter(second),
        nameLocation: 'start',
        nameTextStyle: { color: ink.dimmed, align: 'right' },
        axisLabel: { color: ink.text, fontSize: 11, interval: 0, width: 150, overflow: 'truncate' },
      },
      tooltip,
      series: [
        {
          type: 'heatmap',
          itemStyle: { borderColor: ink.surface, borderWidth: 2, borderRadius: 4 },
          data: bins.map((bin) => ({
            value: [indexOf(columns, bin.values[first] ?? null), indexOf(rows, bin.values[second] ?? null), bin.rate ?? 0],
            itemStyle: {
              color: bin.tooFew ? 'transparent' : shadeOf(bin.rate ?? 0, ink),
              borderColor: bin.tooFew ? ink.line : ink.surface,
              borderWidth: bin.tooFew ? 1 : 2,
            },
            label: { color: bin.tooFew ? ink.dimmed : (bin.rate ?? 0) >= ink.lightFrom ? '#ffffff' : ink.text },
          })),
          label: {
            show: columns.length <= 14,
            fontSize: 11,
            lineHeight: 14,
            width: COLUMN - 6,
            overflow: 'break',
            formatter: ({ dataIndex }: { dataIndex: number }) => {
              const bin = bins[dataIndex];
              if (bin === undefined) return '';
              return bin.tooFew ? words.count(bin.n) : `${words.rate(bin.rate)}\n${words.count(bin.n)}`;
            },
          },
        },
      ],
    }),
    [bins, columns, rows, first, second, tooltip, words, ink],
  );
  const names = { by: words.parameter(first), and: words.parameter(second) };
  return (
    <ChartCard
      title={t('analytics.success.byTwo', names)}
      fileName={`success-rate-by-${first}-and-${second}`}
      height={Math.max(200, 100 + ROW * rows.length)}
      minWidth={90 + COLUMN * Math.min(columns.length, 14)}
      option={option}
      lead={lead}
      description={t('analytics.success.byTwoText', names)}
      figures={figures}
      onPick={onPick}
    />
  );
}

/** The values of one dimension in the order in which the bins come. */
function placesOf(bins: readonly RateBin[], name: string): DimensionValue[] {
  const values = new Map(bins.map(({ values: held }) => [keyOf(held[name] ?? null), held[name] ?? null]));
  return [...values.values()].sort(byPlace);
}

function indexOf(values: readonly DimensionValue[], value: DimensionValue): number {
  return values.findIndex((one) => keyOf(one) === keyOf(value));
}

/** Bins of one range may hold other ends beside each value of the other dimension. */
function keyOf(value: DimensionValue): string {
  return typeof value === 'object' && value !== null ? `..${value.to}` : JSON.stringify(value);
}

/** Numbers and ranges by size, what is not set last; names stay as they are. */
function byPlace(a: DimensionValue, b: DimensionValue): number {
  const size = (value: DimensionValue): number | null =>
    typeof value === 'number' ? value : typeof value === 'object' && value !== null ? value.to : null;
  const [left, right] = [size(a), size(b)];
  return left !== null && right !== null ? left - right : Number(a === null) - Number(b === null);
}
