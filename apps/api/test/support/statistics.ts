import type { DimensionValue, ListSelection } from '@lora-ledger/contracts';
import type { Api } from './api.js';

/** What analytics answers to a question. */
export function ask<T>(api: Api, question: string): Promise<T> {
  return api.get<T>(`/analytics/${question}`);
}

/** How many tasks the list shows for all of the filters together. */
export async function listed(api: Api, ...filters: ListSelection[]): Promise<number> {
  const query = new URLSearchParams(Object.assign({ withTotal: 'true', limit: '1' }, ...filters) as Record<string, string>);
  return (await api.get<{ total: number }>(`/train-tasks?${query.toString()}`)).total;
}

/** The ends of a bin. @throws when the value is none */
export function binOf(value: DimensionValue | undefined): Exclude<DimensionValue, string | number | boolean | null> {
  if (typeof value !== 'object' || value === null) throw new Error(`${String(value)} is no bin`);
  return value;
}
