import { Autocomplete, Button, Menu, Select, TextInput } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { IconDownload } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useState, type KeyboardEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { peopleOptions } from '../../api/people.js';
import { PeriodFilter } from '../../ui/period-filter.js';
import { useNow } from '../../ui/use-now.js';
import { actionsOf, AUDIT_AREAS } from './audit-actions.js';
import { auditExportUrl, type AuditSearch } from './audit-search.js';

interface AuditFilterProps {
  search: AuditSearch;
  onChange: (change: Partial<AuditSearch>) => void;
}

/** What narrows the log: who, what, on what, when. */
export function AuditFilters({ search, onChange, onClear }: AuditFilterProps & { onClear: () => void }) {
  const { t } = useTranslation();
  return (
    <>
      <ActorFilter key={`actor ${search.actor ?? ''}`} search={search} onChange={onChange} />
      <ActionFilter search={search} onChange={onChange} />
      <SubjectFilter key={`subject ${search.subject ?? ''}`} search={search} onChange={onChange} />
      <PeriodFilter
        value={{ last: search.last, from: search.from, to: search.to }}
        onChange={({ last, from, to }) => onChange({ last, from, to })}
      />
      {Object.keys(search).length > 0 && (
        <Button variant="subtle" size="compact-xs" onClick={onClear}>
          {t('audit.filter.clear')}
        </Button>
      )}
    </>
  );
}

/** Names nobody bears in person. */
const PROGRAMS = ['trainer', 'ledger', 'anonymous'];

function ActorFilter({ search, onChange }: AuditFilterProps) {
  const { t } = useTranslation();
  const [text, setText] = useState(search.actor ?? '');
  const [part] = useDebouncedValue(text, 200);
  const { data } = useQuery(peopleOptions(part));
  const found = (data?.items ?? []).map(({ username }) => username).filter((name) => !PROGRAMS.includes(name));
  const tell = (value: string) => {
    if (value.trim() !== (search.actor ?? '')) onChange({ actor: value.trim() || undefined });
  };
  return (
    <Autocomplete
      size="xs"
      w={160}
      aria-label={t('audit.filter.actor')}
      placeholder={t('audit.filter.actorAny')}
      value={text}
      clearable
      data={[...found, ...PROGRAMS]}
      comboboxProps={{ width: 200, position: 'bottom-start' }}
      onChange={(value) => {
        setText(value);
        if (value === '') tell('');
      }}
      onOptionSubmit={tell}
      onBlur={() => tell(text)}
      onKeyDown={onEnter(() => tell(text))}
    />
  );
}

function ActionFilter({ search, onChange }: AuditFilterProps) {
  const { t } = useTranslation();
  const groups = AUDIT_AREAS.map((area) => ({
    group: t(`audit.subjectType.${area}`),
    items: [
      { value: `${area}.`, label: t(`audit.everyAction.${area}`) },
      ...actionsOf(area).map((action) => ({ value: action, label: t(`audit.action.${action}`) })),
    ],
  }));
  const { action } = search;
  const known = action === undefined || groups.some(({ items }) => items.some(({ value }) => value === action));
  return (
    <Select
      size="xs"
      w={190}
      searchable
      clearable
      aria-label={t('audit.filter.action')}
      placeholder={t('audit.filter.actionAny')}
      comboboxProps={{ width: 260, position: 'bottom-start' }}
      withScrollArea={false}
      styles={{ options: { maxHeight: 360, overflowY: 'auto' } }}
      data={known ? groups : [...groups, { value: action, label: action }]}
      value={action ?? null}
      onChange={(value) => onChange({ action: value ?? undefined })}
    />
  );
}

function SubjectFilter({ search, onChange }: AuditFilterProps) {
  const { t } = useTranslation();
  const [text, setText] = useState(search.subject ?? '');
  const tell = () => {
    if (text.trim() !== (search.subject ?? '')) onChange({ subject: text.trim() || undefined });
  };
  return (
    <TextInput
      size="xs"
      w={210}
      type="search"
      maxLength={100}
      aria-label={t('audit.filter.subject')}
      placeholder={t('audit.filter.subject')}
      value={text}
      onChange={(event) => setText(event.currentTarget.value)}
      onBlur={tell}
      onKeyDown={onEnter(tell)}
    />
  );
}

function onEnter(act: () => void) {
  return (event: KeyboardEvent) => {
    if (event.key === 'Enter') act();
  };
}

/** A link the browser downloads by itself: the file may be larger than a page could hold. */
export function AuditExport({ search }: { search: AuditSearch }) {
  const { t } = useTranslation();
  const now = useNow();
  const url = (format: 'csv' | 'json') => auditExportUrl(search, format, now);
  return (
    <Menu position="bottom-end" width={240}>
      <Menu.Target>
        <Button variant="default" size="sm" leftSection={<IconDownload size={16} aria-hidden />}>
          {t('audit.export')}
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>{t('audit.exportHint')}</Menu.Label>
        <Menu.Item component="a" href={url('csv')} download>
          {t('audit.exportCsv')}
        </Menu.Item>
        <Menu.Item component="a" href={url('json')} download>
          {t('audit.exportJson')}
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
