import { Skeleton, Text } from '@mantine/core';
import type { TrainTaskSummary } from '@lora-ledger/contracts';
import { lazy, memo, Suspense } from 'react';
import { FilterBar } from '../../task-filter/filter-bar.js';
import type { ListSearch } from '../../task-filter/list-search.js';
import type { Column } from '../../ui/data-table/column.js';
import { ColumnChooser } from '../../ui/data-table/column-chooser.js';
import { KeysButton } from '../../ui/keys-button.js';
import type { KeptLayout } from '../../ui/data-table/use-table-layout.js';
import { ExportMenu } from './export-menu.js';
import { SavedViews } from './saved-views.js';

const AddColumn = lazy(async () => ({ default: (await import('./add-column.js')).AddColumn }));
const NONE: readonly string[] = [];

interface ListBarProps {
  search: ListSearch;
  trash: boolean;
  /** How many tasks match, in words; `undefined` while that is not known. */
  total: string | undefined;
  onChange: (part: Partial<ListSearch>, replace?: boolean) => void;
  onClear: () => void;
  onGo: (search: ListSearch) => void;
  /** Of the table; `undefined` where there is none to choose columns for. */
  columns: readonly Column<TrainTaskSummary>[] | undefined;
  layout: KeptLayout['layout'];
  setLayout: KeptLayout['setLayout'];
  onReset: () => void;
  borrowed: KeptLayout['borrowed'];
}

/** Everything above the table. It stays as it is while rows scroll and change. */
export const ListBar = memo(function ListBar({
  search,
  trash,
  total,
  onChange,
  onClear,
  onGo,
  columns,
  layout,
  setLayout,
  onReset,
  borrowed,
}: ListBarProps) {
  return (
    <FilterBar search={search} onChange={onChange} onClear={onClear}>
      {total !== undefined && (
        <Text size="xs" c="dimmed" className="tabular" role="status">
          {total}
        </Text>
      )}
      <SavedViews page={trash ? 'trash' : 'tasks'} onOpen={onGo} />
      <ExportMenu search={search} trash={trash} />
      <KeysButton />
      {columns !== undefined && (
        <ColumnChooser columns={columns} layout={layout} setLayout={setLayout} onReset={onReset} borrowed={borrowed}>
          <Suspense fallback={<Skeleton height={56} mt="xs" />}>
            <AddColumn
              columns={search.column ?? NONE}
              onChange={(column) => onChange({ column: column.length === 0 ? undefined : column })}
            />
          </Suspense>
        </ColumnChooser>
      )}
    </FilterBar>
  );
});
