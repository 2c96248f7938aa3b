import { Button, Modal } from '@mantine/core';
import type { CreatedToken, TokenDto } from '@lora-ledger/contracts';
import { IconKey, IconPlus } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { EmptyList } from '../ui/empty-list.js';
import { ListView } from '../ui/list-view.js';
import { AccountPage } from './account-page.js';
import { tokensOptions } from './queries.js';
import { CompactToken, useTokenColumns } from './token-columns.js';
import { TokenForm } from './token-form.js';
import { TokenOnce } from './token-once.js';

const NONE: readonly TokenDto[] = [];
const idOf = ({ id }: TokenDto) => id;
const nameOf = ({ name }: TokenDto) => name;
const compact = (token: TokenDto) => <CompactToken token={token} />;

export function TokensPage() {
  const { t } = useTranslation();
  const query = useQuery(tokensOptions);
  const columns = useTokenColumns();
  const [dialog, setDialog] = useState<'closed' | 'form' | CreatedToken>('closed');
  const close = () => setDialog('closed');
  const add = () => setDialog('form');
  const created = typeof dialog === 'object' ? dialog : null;

  return (
    <AccountPage
      title={t('personal.tokens.title')}
      lead={t('personal.tokens.lead')}
      height="full"
      actions={
        <Button size="sm" leftSection={<IconPlus size={16} aria-hidden />} onClick={add}>
          {t('personal.tokens.new')}
        </Button>
      }
    >
      <ListView
        name="tokens"
        label={t('personal.tokens.title')}
        columns={columns}
        compact={compact}
        rows={query.data?.items ?? NONE}
        rowId={idOf}
        rowLabel={nameOf}
        query={query}
        failed={t('personal.tokens.failed')}
        empty={
          <EmptyList Icon={IconKey} title={t('personal.tokens.empty.title')} text={t('personal.tokens.empty.text')}>
            <Button size="xs" variant="light" mt="sm" onClick={add}>
              {t('personal.tokens.new')}
            </Button>
          </EmptyList>
        }
      />
      <Modal
        opened={dialog === 'form'}
        onClose={close}
        title={t('personal.tokens.new')}
        closeButtonProps={{ 'aria-label': t('action.close') }}
      >
        <TokenForm onCreated={setDialog} onCancel={close} />
      </Modal>
      {/* It is seen once: a click beside the dialog must not be the end of it. */}
      <Modal
        opened={created !== null}
        onClose={close}
        size="lg"
        closeOnClickOutside={false}
        title={t('personal.tokens.once.title')}
        closeButtonProps={{ 'aria-label': t('action.close') }}
      >
        {created !== null && <TokenOnce token={created} onDone={close} />}
      </Modal>
    </AccountPage>
  );
}
