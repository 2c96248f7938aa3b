import { EXTRA_COLUMN } from '@lora-ledger/contracts';
import type { JsonObject, JsonValue } from '@lora-ledger/training';
import type { Where } from '../database/where.js';

type SummaryPart = 'last' | 'min' | 'max';
/** Metrics of a row by their names; PostgreSQL writes numbers that JSON has not as text. */
export type MetricParts = Record<string, Record<SummaryPart, number | string | null>>;

/** Columns beyond those that every task has, read with the page itself. */
export class ExtraColumns {
  private readonly columns: readonly { name: string; metric?: string; part?: SummaryPart; extra?: string }[];

  /** @param names as `EXTRA_COLUMN` has them; others are passed over */
  constructor(names: readonly string[] = []) {
    this.columns = [...new Set(names)].map((name) => ({ name, ...EXTRA_COLUMN.exec(name)?.groups }));
  }

  get names(): string[] {
    return this.columns.map(({ name }) => name);
  }

  /** An expression over `t`: what the summaries of the wanted metrics say, `{loss: {last, min, max}}`; none are read where none is wanted. */
  metrics(where: Where): string {
    const keys = [...new Set(this.columns.flatMap(({ metric }) => metric ?? []))];
    if (keys.length === 0) return 'NULL::jsonb';
    return `(SELECT jsonb_object_agg(s.key, jsonb_build_object('last', s.last_value, 'min', s.min_value, 'max', s.max_value))
      FROM metric_summary s WHERE s.train_task_id = t.id AND s.key = ANY(${where.bind(keys, 'text[]')}))`;
  }

  /**
   * @param extraParams JSON of the extra parameters of a row
   * @param metrics JSON of what {@link metrics} answered for it
   * @returns JSON of what the row says under `columns`; `undefined` where no column is wanted
   */
  json(extraParams: string, metrics: string | null): string | undefined {
    if (this.columns.length === 0) return undefined;
    const [params, parts] = [JSON.parse(extraParams) as JsonObject, JSON.parse(metrics ?? '{}') as MetricParts];
    return JSON.stringify(
      Object.fromEntries(
        this.columns.map(({ name, metric = '', part, extra = '' }) => [
          name,
          part === undefined ? own(params, extra) : (own(parts, metric)?.[part] ?? null),
        ]),
      ),
    );
  }
}

function own<Value extends JsonValue | MetricParts[string]>(values: Record<string, Value>, key: string): Value | null {
  return Object.hasOwn(values, key) ? (values[key] ?? null) : null;
}
