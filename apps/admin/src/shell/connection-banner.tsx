import { Alert } from '@mantine/core';
import { IconPlugConnectedX } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { useReachable } from '../api/connection.js';

/** Says quietly that what is shown may be old, and goes away by itself. */
export function ConnectionBanner() {
  const { t } = useTranslation();
  const reachable = useReachable();
  return (
    <div role="status" aria-live="polite">
      {!reachable && (
        <Alert color="orange" variant="light" radius={0} py={6} icon={<IconPlugConnectedX size={18} />}>
          {t('connection.lost')}
        </Alert>
      )}
    </div>
  );
}
