import { Button, Text } from '@mantine/core';
import type { AuditEntryDto } from '@lora-ledger/contracts';
import { IconHistory, IconSearchOff } from '@tabler/icons-react';
import { useInfiniteQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { EmptyList } from '../../ui/empty-list.js';
import { ListView } from '../../ui/list-view.js';
import { Page } from '../../ui/page.js';
import { compactEntry, useAuditColumns } from './audit-columns.js';
import { AuditEntryDrawer } from './audit-entry.js';
import { AuditExport, AuditFilters } from './audit-filters.js';
import { parseAuditSearch, type AuditSearch } from './audit-search.js';
import { auditOptions } from './queries.js';

const route = getRouteApi('/signed-in/admin/audit-log');

const idOf = ({ id }: AuditEntryDto) => id;
const nameOf = ({ action, at }: AuditEntryDto) => `${action} ${at}`;

export function AuditPage() {
  const { t } = useTranslation();
  // The router hands out everything in the address; the API refuses what it does not know.
  const raw = route.useSearch();
  const search = useMemo(() => parseAuditSearch(raw), [raw]);
  const navigate = route.useNavigate();
  const query = useInfiniteQuery(auditOptions(search));
  const rows = useMemo(() => query.data?.pages.flatMap(({ items }) => items) ?? [], [query.data]);
  const columns = useAuditColumns();
  const [opened, setOpened] = useState<AuditEntryDto | null>(null);
  const change = (part: Partial<AuditSearch>) => void navigate({ search: { ...search, ...part } });
  const clear = () => void navigate({ search: {} });
  const filtered = Object.keys(search).length > 0;

  return (
    <Page
      title={t('audit.title')}
      height="full"
      lead={
        <Text c="dimmed" size="sm" mt={2}>
          {t('audit.lead')}
        </Text>
      }
      actions={<AuditExport search={search} />}
    >
      <ListView
        name="audit-log"
        label={t('audit.title')}
        columns={columns}
        compact={compactEntry}
        rows={rows}
        rowId={idOf}
        rowLabel={nameOf}
        query={query}
        failed={t('audit.failed')}
        onOpen={setOpened}
        toolbar={<AuditFilters search={search} onChange={change} onClear={clear} />}
        empty={
          filtered ? (
            <EmptyList Icon={IconSearchOff} title={t('audit.noMatch.title')} text={t('audit.noMatch.text')}>
              <Button mt="sm" size="xs" variant="light" onClick={clear}>
                {t('audit.noMatch.clear')}
              </Button>
            </EmptyList>
          ) : (
            <EmptyList Icon={IconHistory} title={t('audit.empty')} />
          )
        }
      />
      <AuditEntryDrawer
        entry={opened}
        onClose={() => setOpened(null)}
        onNarrow={(part) => {
          setOpened(null);
          change(part);
        }}
      />
    </Page>
  );
}
