import type { TrainerDto } from '@lora-ledger/contracts';
import { TEXT_FIELD_NAMES, toValues, type FormValues, type RequestDraft } from './form-model.js';

/**
 * The form after another trainer was chosen: its defaults fill what is empty or still holds the default of the trainer before.
 * What somebody has typed stays.
 */
export function applyTrainer(values: FormValues, before: TrainerDto | undefined, after: TrainerDto): FormValues {
  const old = toValues(before?.defaults ?? {});
  const next = toValues(after.defaults);
  const config = { ...values.config };
  for (const name of TEXT_FIELD_NAMES) {
    if (config[name] === '' || config[name] === old.config[name]) config[name] = next.config[name];
  }
  const untouched = (key: string, text: string) => old.extra.some((row) => row.key === key && row.text === text);
  const own = values.extra.filter(({ key, text }) => !untouched(key, text));
  const ownKeys = new Set(own.map(({ key }) => key));
  return {
    ...values,
    trainer: after.name,
    config,
    incremental: values.incremental === old.incremental ? next.incremental : values.incremental,
    extra: [...next.extra.filter(({ key }) => !ownKeys.has(key)), ...own],
  };
}

/**
 * The form with the trainer of the task that is cloned again: what `chosen` had put in goes, and what gave way to it comes back as the
 * original had it. What somebody has typed stays.
 */
export function restoreTrainer(
  values: FormValues,
  original: FormValues,
  chosen: TrainerDto | undefined,
  former: TrainerDto | undefined,
): FormValues {
  const [put, gave] = [toValues(chosen?.defaults ?? {}), toValues(former?.defaults ?? {})];
  const config = { ...values.config };
  for (const name of TEXT_FIELD_NAMES) if (config[name] !== '' && config[name] === put.config[name]) config[name] = original.config[name];
  const has = (rows: FormValues['extra'], { key, text }: FormValues['extra'][number]) =>
    rows.some((row) => row.key === key && row.text === text);
  const own = values.extra.filter((row) => !has(put.extra, row) || has(original.extra, row));
  const lost = original.extra.filter((row) => has(gave.extra, row) && !own.some(({ key }) => key === row.key));
  return {
    ...values,
    trainer: original.trainer,
    config,
    extra: [...lost, ...own],
    incremental: values.incremental === put.incremental ? original.incremental : values.incremental,
  };
}

/**
 * The form after a file was read. Its configuration is taken whole: a default left standing between its values would make a
 * training nobody asked for. What somebody has written about the task stays where the file says nothing.
 */
export function fillFromFile({ trainer, name, description, tags, note }: FormValues, draft: RequestDraft): FormValues {
  return toValues({ trainer, name, description, tags, note, ...draft });
}
