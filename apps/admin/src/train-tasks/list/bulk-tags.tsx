import { Button, Popover, Skeleton } from '@mantine/core';
import { IconTags } from '@tabler/icons-react';
import { lazy, Suspense, useState } from 'react';
import { useTranslation } from 'react-i18next';

const TagEditor = lazy(async () => ({ default: (await import('./tag-editor.js')).TagEditor }));

interface BulkTagsProps {
  busy: boolean;
  onApply: (add: string[], remove: string[]) => void;
}

/** Labels for many tasks at once. */
export function BulkTags({ busy, onApply }: BulkTagsProps) {
  const { t } = useTranslation();
  const [opened, setOpened] = useState(false);
  const apply = (add: string[], remove: string[]): void => {
    setOpened(false);
    onApply(add, remove);
  };
  return (
    <Popover position="top" width={280} trapFocus returnFocus opened={opened} onChange={setOpened}>
      <Popover.Target>
        <Button
          size="xs"
          variant="default"
          loading={busy}
          leftSection={<IconTags size={15} aria-hidden />}
          onClick={() => setOpened(!opened)}
        >
          {t('bulk.tags')}
        </Button>
      </Popover.Target>
      <Popover.Dropdown>
        <Suspense fallback={<Skeleton height={150} />}>
          <TagEditor onApply={apply} />
        </Suspense>
      </Popover.Dropdown>
    </Popover>
  );
}
