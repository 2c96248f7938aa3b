import type { FileReport } from './draft-store.js';
import { toValues, type FormValues, type TextFieldName } from './form-model.js';

/** `file`: it stands there; `guess`: it follows from something that does; `default`: the file is silent, its trainer would take this. */
export type FieldOrigin = 'file' | 'guess' | 'default';

/**
 * Where a field's value has come from. Of weights every field is told, because they hold only traces of a configuration;
 * of a configuration file only what does not stand in it.
 */
export function originOf(name: TextFieldName, values: FormValues, report: FileReport | null): FieldOrigin | undefined {
  if (report === null) return undefined;
  const value = values.config[name];
  if (value === '' || toValues(report.draft).config[name] !== value) return undefined;
  if (report.recovered !== null) return report.recovered.fields[name];
  return report.warnings.some(({ code, path }) => code === 'TRAINER_DEFAULT' && path === name) ? 'default' : undefined;
}
