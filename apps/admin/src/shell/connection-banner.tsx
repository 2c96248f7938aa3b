import { Alert } from '@mantine/core';
import type { Alive } from '@lora-ledger/contracts';
import { IconPlugConnectedX } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { useReachable } from '../api/connection.js';
import { apiGet } from '../api/http.js';

const ASK_MS = 2_000;

/** Says quietly that what is shown may be old, and goes away by itself. */
export function ConnectionBanner() {
  const { t } = useTranslation();
  const reachable = useReachable();
  // A page that has nothing more to ask would never hear that the server is back.
  useQuery({
    queryKey: ['server-is-back'],
    queryFn: ({ signal }) => apiGet<Alive>('/health/live', undefined, signal),
    enabled: !reachable,
    refetchInterval: ASK_MS,
    retry: false,
    gcTime: 0,
  });
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
