import type { ErrorGroup, OverRepresented } from '@lora-ledger/contracts';
import type { TFunction } from 'i18next';
import type { Figures } from '../chart/figures.js';
import type { Words } from '../words.js';

/** Rates and odds as they are, for programs. */
export function figuresOfSuspects(suspects: readonly OverRepresented[], words: Words, t: TFunction): Figures {
  return {
    name: t('analytics.importance.parameter'),
    columns: [
      t('analytics.failures.value'),
      t('analytics.failures.failed'),
      t('analytics.runs'),
      t('analytics.failures.with'),
      t('analytics.failures.without'),
      t('analytics.failures.odds'),
      'p',
      t('analytics.importance.q'),
    ],
    rows: suspects.map(({ parameter, value, failures, successes, failureRate, elsewhere, oddsRatio, p, q }) => ({
      key: `${parameter} ${JSON.stringify(value)}`,
      name: words.parameter(parameter),
      tasks: null,
      figures: [words.value(value), failures, failures + successes, failureRate, elsewhere, oddsRatio, p, q].map((raw) => ({
        raw,
        shown: String(raw),
      })),
    })),
  };
}

export function figuresOfErrors(groups: readonly ErrorGroup[], t: TFunction): Figures {
  return {
    name: t('analytics.failures.error'),
    columns: [
      t('analytics.failures.reason'),
      t('analytics.tasks'),
      t('analytics.failures.firstSeen'),
      t('analytics.failures.lastSeen'),
      t('analytics.failures.example'),
    ],
    rows: groups.map(({ signature, reason, count, firstSeen, lastSeen, example }) => ({
      key: signature,
      name: signature === '' ? t('analytics.failures.noText') : signature,
      tasks: null,
      figures: [reason === null ? null : t(`task.reason.${reason}`), count, firstSeen, lastSeen, example].map((raw) => ({
        raw,
        shown: String(raw ?? ''),
      })),
    })),
  };
}
