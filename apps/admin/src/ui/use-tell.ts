import { notifications } from '@mantine/notifications';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';

/** Short messages in the corner: what was done, and what was refused. */
export function useTell(): { done: (message: string) => void; refused: (message: string) => void } {
  const { t } = useTranslation();
  return useMemo(() => {
    const show = (color: string) => (message: string) => {
      notifications.show({ color, message, closeButtonProps: { 'aria-label': t('action.close') } });
    };
    return { done: show('teal'), refused: show('red') };
  }, [t]);
}
