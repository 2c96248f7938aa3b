import { Text } from '@mantine/core';
import type { JsonValue } from '@lora-ledger/training';
import { IconTrophy } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../../ui/use-format.js';
import { valueText } from '../../ui/value-text.js';
import css from './compare.module.css';
import { changeAgainst } from './differences.js';

interface CompareValueProps {
  value: JsonValue;
  /** The baseline's value; `undefined` in the baseline's own column. */
  base: JsonValue | undefined;
  /** The value in words, when it is no plain parameter. */
  text?: string;
  /** The best of its row. */
  isBest?: boolean;
}

/** A cell of a comparison: the value, how far it is from the baseline, and whether it is the best. */
export function CompareValue({ value, base, text, isBest = false }: CompareValueProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const change = changeAgainst(base, value);
  const isOther = base !== undefined && JSON.stringify(base) !== JSON.stringify(value);
  const shown = value !== null && text !== undefined ? text : valueText(t, format, value);
  return (
    <span className={isOther || isBest ? css.other : undefined}>
      {shown}
      {isBest && (
        <span className={css.best}>
          <IconTrophy size={12} aria-hidden /> {t('compare.best')}
        </span>
      )}
      {change !== null && isOther && (
        <Text
          span
          size="xs"
          c="dimmed"
          className={css.change}
        >{`${change > 0 ? '+' : '−'}${format.value(Math.abs(Number(change.toPrecision(3))))} %`}</Text>
      )}
    </span>
  );
}
