import { PeriodFilter } from '../ui/period-filter.js';
import type { FilterProps } from './filter-bar.js';

/** When a task was created. */
export function TimeFilter({ search, onChange }: FilterProps) {
  return (
    <PeriodFilter
      value={{ last: search.created, from: search.createdFrom, to: search.createdTo }}
      onChange={({ last, from, to }) => onChange({ created: last, createdFrom: from, createdTo: to })}
    />
  );
}
