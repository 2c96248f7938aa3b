import type { LoadResult } from '../closed-loop.js';
import type { Figure } from '../figure.js';

/** Requests that were not answered as they should have been: there must be none. */
export function lost(row: string, name: string, { failures }: LoadResult): Figure {
  const statuses = Object.entries(failures)
    .map(([status, count]) => `${count} × ${status === '0' ? 'connection' : status}`)
    .join(', ');
  return {
    row,
    name: statuses === '' ? name : `${name} (${statuses})`,
    value: Object.values(failures).reduce((sum, count) => sum + count, 0),
    unit: 'requests',
    better: 'lower',
    must: 0,
  };
}
