import { IconUsersGroup } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { EmptyList } from '../../ui/empty-list.js';

export function NothingShared() {
  const { t } = useTranslation();
  return <EmptyList Icon={IconUsersGroup} title={t('sharing.none.title')} text={t('sharing.none.text')} />;
}
