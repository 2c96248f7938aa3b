import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import * as format from './format.js';

/** The formatters of `format.ts`, bound to the language of the page. */
export function useFormat() {
  const { i18n } = useTranslation();
  const language = i18n.language;
  return useMemo(
    () => ({
      value: (value: number | string | null | undefined) => format.formatValue(value, language),
      loss: (value: number | string | null | undefined) => format.formatLoss(value, language),
      count: (value: number) => format.formatCount(value, language),
      about: (value: number) => format.formatAbout(value, language),
      percent: (fraction: number) => format.formatPercent(fraction, language),
      signed: (value: number) => format.formatSigned(value, language),
      signedPercent: (fraction: number) => format.formatSignedPercent(fraction, language),
      duration: (seconds: number | null | undefined, units?: number) => format.formatDuration(seconds, language, units),
      bytes: (bytes: number) => format.formatBytes(bytes, language),
      time: (iso: string | null | undefined) => format.formatTime(iso, language),
      day: (iso: string) => format.formatDay(iso, language),
      fullTime: (iso: string | null | undefined) => format.formatFullTime(iso, language),
      relative: (iso: string, now: number) => format.formatRelative((Date.parse(iso) - now) / 1000, language),
    }),
    [language],
  );
}

export type Format = ReturnType<typeof useFormat>;
