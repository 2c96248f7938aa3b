import { ActionIcon, Button, FocusTrap, Group, Stack, Text } from '@mantine/core';
import { FAILURE_REASONS } from '@lora-ledger/training';
import { IconArrowLeft, IconChevronRight } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useUser } from '../api/session.js';
import { facetsOptions } from './facets.js';
import { ChoicesEditor } from './choices-editor.js';
import { ExtraEditor } from './extra-editor.js';
import type { FilterProps } from './filter-bar.js';
import { RANGE_FIELDS, type RangeField } from './list-search.js';
import { RangeEditor } from './range-editor.js';

const LISTS = ['modelName', 'trainer', 'tag', 'user', 'host', 'gpu', 'failureReason'] as const;
type Field = (typeof LISTS)[number] | RangeField | 'extra';

interface FilterMenuProps extends FilterProps {
  onDone: () => void;
}

/** First which field, then what of it. */
export function FilterMenu({ search, onChange, onDone }: FilterMenuProps) {
  const { t } = useTranslation();
  const { role } = useUser();
  const [field, setField] = useState<Field | null>(null);
  const nameOf = useFieldName();
  const fields: readonly Field[] = [...LISTS.filter((name) => name !== 'user' || role === 'admin'), ...RANGE_FIELDS, 'extra'];

  if (field === null) {
    return (
      <Stack gap={0} mah={400} style={{ overflowY: 'auto' }}>
        {fields.map((name) => (
          <Button
            key={name}
            variant="subtle"
            color="gray"
            size="xs"
            flex="none"
            justify="space-between"
            c="var(--mantine-color-text)"
            fw={500}
            rightSection={<IconChevronRight size={14} aria-hidden />}
            onClick={() => setField(name)}
          >
            {nameOf(name)}
          </Button>
        ))}
      </Stack>
    );
  }
  return (
    // Takes the focus from the button that led here, and gives it to the field that is about to be filled in.
    <FocusTrap key={field}>
      <Stack gap="xs">
        <Group gap={6}>
          <ActionIcon variant="subtle" color="gray" size="sm" aria-label={t('filters.back')} onClick={() => setField(null)}>
            <IconArrowLeft size={15} aria-hidden />
          </ActionIcon>
          <Text size="sm" fw={600}>
            {nameOf(field)}
          </Text>
        </Group>
        <Editor field={field} search={search} onChange={onChange} onDone={onDone} />
      </Stack>
    </FocusTrap>
  );
}

function Editor({ field, search, onChange, onDone }: FilterMenuProps & { field: Field }) {
  const { t } = useTranslation();
  const facets = useQuery(facetsOptions);
  const known = (values: readonly string[] | undefined) => ({ options: values ?? [], loading: facets.isPending });
  switch (field) {
    case 'modelName':
      return (
        <ChoicesEditor {...known(facets.data?.modelNames)} chosen={search.modelName} onChange={(modelName) => onChange({ modelName })} />
      );
    case 'trainer':
      return <ChoicesEditor {...known(facets.data?.trainers)} chosen={search.trainer} onChange={(trainer) => onChange({ trainer })} />;
    case 'tag':
      return (
        <ChoicesEditor
          {...known(facets.data?.tags)}
          chosen={search.tag}
          hint={t('filters.allTags')}
          onChange={(tag) => onChange({ tag })}
        />
      );
    case 'user':
      return <ChoicesEditor {...known(facets.data?.users)} chosen={search.user} onChange={(user) => onChange({ user })} />;
    case 'host':
      return <ChoicesEditor {...known(facets.data?.hosts)} chosen={search.host} onChange={(host) => onChange({ host })} />;
    case 'gpu':
      return <ChoicesEditor {...known(facets.data?.gpus)} chosen={search.gpu} onChange={(gpu) => onChange({ gpu })} />;
    case 'failureReason':
      return (
        <ChoicesEditor
          closed
          options={FAILURE_REASONS}
          loading={false}
          chosen={search.failureReason}
          labelOf={(reason) => t(`task.reason.${reason as (typeof FAILURE_REASONS)[number]}`)}
          onChange={(reasons) => onChange({ failureReason: reasons && FAILURE_REASONS.filter((reason) => reasons.includes(reason)) })}
        />
      );
    case 'extra':
      return (
        <ExtraEditor
          keys={facets.data?.extraKeys ?? []}
          search={search}
          onApply={(change) => {
            onChange(change);
            onDone();
          }}
        />
      );
    default:
      return (
        <RangeEditor
          hint={field === 'duration' ? t('filters.inSeconds') : undefined}
          min={search[`${field}Min`]}
          max={search[`${field}Max`]}
          onApply={(min, max) => {
            onChange({ [`${field}Min`]: min, [`${field}Max`]: max });
            onDone();
          }}
        />
      );
  }
}

function useFieldName(): (field: Field) => string {
  const { t } = useTranslation();
  return (field) => {
    switch (field) {
      case 'tag':
        return t('list.column.tags');
      case 'user':
        return t('list.filter.user');
      case 'gpu':
        return t('filters.gpu');
      case 'failureReason':
        return t('list.filter.failureReason');
      case 'extra':
        return t('filters.extra');
      default:
        return t(`list.column.${field}`);
    }
  };
}
