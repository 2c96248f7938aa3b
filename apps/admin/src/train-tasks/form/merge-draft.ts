import type { TrainerDto } from '@lora-ledger/contracts';
import type { JsonValue } from '@lora-ledger/training';
import { extraRow, TEXT_FIELD_NAMES, toValues, type ExtraRow, type FormValues, type RequestDraft } from './form-model.js';
import { applyTrainer } from './trainer-defaults.js';

/**
 * The form after its source was edited. Only what differs between the two readings of the source is changed: what the source
 * cannot express, and what was typed into the form meanwhile, stays.
 */
export function mergeDraft(values: FormValues, before: RequestDraft, after: RequestDraft): FormValues {
  const [old, now] = [toValues(before), toValues(after)];
  const config = { ...values.config };
  for (const name of TEXT_FIELD_NAMES) if (old.config[name] !== now.config[name]) config[name] = now.config[name];
  // An empty alpha follows the rank, the one in the source does not.
  if (config.loraAlpha === '' && now.config.loraAlpha !== '' && now.config.loraAlpha !== config.loraRank)
    config.loraAlpha = now.config.loraAlpha;
  return {
    ...values,
    config,
    name: old.name === now.name ? values.name : now.name,
    description: old.description === now.description ? values.description : now.description,
    tags: same(old.tags, now.tags) ? values.tags : now.tags,
    incremental: old.incremental === now.incremental ? values.incremental : now.incremental,
    extra: mergeExtra(values.extra, before.extraParams ?? {}, after.extraParams ?? {}),
  };
}

/** The form without what it was filled with; what was typed since stays, and so does a trainer chosen since, with its defaults. */
export function takenBack(now: FormValues, wasFilled: FormValues, wasBefore: FormValues, trainers: readonly TrainerDto[]): FormValues {
  const trainerOf = (name: string) => trainers.find((trainer) => trainer.name === name);
  const chosen = now.trainer === wasFilled.trainer ? undefined : trainerOf(now.trainer);
  const asChosen = (values: FormValues) => (chosen === undefined ? values : applyTrainer(values, trainerOf(values.trainer), chosen));
  const [filled, before] = [asChosen(wasFilled), asChosen(wasBefore)];
  const back = <Value>(value: Value, fill: Value, old: Value): Value => (same(value, fill) ? old : value);
  const typed = now.extra.filter((row) => !filled.extra.some((one) => sameParameter(one, row)));
  const keys = new Set(typed.map(({ key }) => key.trim()));
  return {
    trainer: back(now.trainer, filled.trainer, before.trainer),
    name: back(now.name, filled.name, before.name),
    description: back(now.description, filled.description, before.description),
    tags: back(now.tags, filled.tags, before.tags),
    note: back(now.note, filled.note, before.note),
    config: Object.fromEntries(
      TEXT_FIELD_NAMES.map((name) => [name, back(now.config[name], filled.config[name], before.config[name])]),
    ) as FormValues['config'],
    incremental: back(now.incremental, filled.incremental, before.incremental),
    extra: [...before.extra.filter(({ key }) => !keys.has(key.trim())), ...typed],
  };
}

function mergeExtra(
  rows: FormValues['extra'],
  before: Readonly<Record<string, JsonValue>>,
  after: Readonly<Record<string, JsonValue>>,
): FormValues['extra'] {
  const changed = (key: string): boolean => !same(before[key], after[key]);
  const kept = rows.flatMap((row) => {
    const key = row.key.trim();
    if (!changed(key)) return [row];
    const value = after[key];
    return value === undefined ? [] : [{ ...extraRow(row.key, value), id: row.id }];
  });
  const there = new Set(rows.map(({ key }) => key.trim()));
  const added = Object.entries(after).filter(([key]) => changed(key) && !there.has(key));
  return [...kept, ...added.map(([key, value]) => extraRow(key, value))];
}

function same(a: unknown, b: unknown): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}

/** Rows that came from a trainer's defaults have other ids each time. */
function sameParameter(one: ExtraRow, other: ExtraRow): boolean {
  return one.key === other.key && one.type === other.type && one.text === other.text;
}
