import type { BulkResult } from '@lora-ledger/contracts';
import type { Api } from './api.js';

/** What one request of a bulk action answers. */
export function bulk(api: Api, action: string, selection: object, status = 200): Promise<BulkResult> {
  return api.post('/train-tasks/bulk', { action, ...selection }, status);
}

/** Columns of a task that has ended. */
export const ENDED = { end_time: new Date(), start_time: new Date() };
