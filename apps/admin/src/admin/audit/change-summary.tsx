import { Table, Text } from '@mantine/core';
import type { AuditEntryDto } from '@lora-ledger/contracts';
import { IconArrowRight } from '@tabler/icons-react';
import { Fragment } from 'react';
import { useTranslation } from 'react-i18next';
import css from './audit-page.module.css';
import { changedFields, isEmptyValue, isHidden } from './changed-fields.js';
import { useAuditWords } from './use-audit-words.js';

/** What changed, on one line: `Role: Member → Admin`. */
export function ChangeLine({ changes }: { changes: AuditEntryDto['changes'] }) {
  const words = useAuditWords();
  return (
    <span className={css.line}>
      {changedFields(changes).map((change, index) => (
        <Fragment key={change.field}>
          {index > 0 && <span className={css.dim}> · </span>}
          <span className={css.dim}>{words.field(change.field)}</span>
          {!isHidden(change) && (
            <>
              {' '}
              {!isEmptyValue(change.from) && (
                <>
                  {words.value(change.field, change.from)} <IconArrowRight className={css.arrow} size={13} aria-label="→" />{' '}
                </>
              )}
              {words.value(change.field, change.to)}
            </>
          )}
        </Fragment>
      ))}
    </span>
  );
}

/** What changed, field by field, whole. */
export function ChangeTable({ changes }: { changes: AuditEntryDto['changes'] }) {
  const { t } = useTranslation();
  const words = useAuditWords();
  const fields = changedFields(changes);
  if (fields.length === 0)
    return (
      <Text size="sm" c="dimmed">
        {t('audit.entry.nothing')}
      </Text>
    );
  return (
    <Table layout="fixed" className={css.changes}>
      <Table.Thead>
        <Table.Tr>
          <Table.Th w="30%">{t('audit.entry.field')}</Table.Th>
          <Table.Th>{t('audit.entry.before')}</Table.Th>
          <Table.Th>{t('audit.entry.after')}</Table.Th>
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>
        {fields.map((change) => (
          <Table.Tr key={change.field}>
            <Table.Th scope="row" fw={500}>
              {words.field(change.field)}
            </Table.Th>
            {isHidden(change) ? (
              <Table.Td colSpan={2}>
                <Text span size="sm" c="dimmed">
                  {t('audit.entry.hidden')}
                </Text>
              </Table.Td>
            ) : (
              <>
                <Value field={change.field} value={change.from} />
                <Value field={change.field} value={change.to} />
              </>
            )}
          </Table.Tr>
        ))}
      </Table.Tbody>
    </Table>
  );
}

function Value({ field, value }: { field: string; value: unknown }) {
  const words = useAuditWords();
  return <Table.Td className={isEmptyValue(value) ? css.dim : undefined}>{words.value(field, value)}</Table.Td>;
}
