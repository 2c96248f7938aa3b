import type { TaskAction } from '@lora-ledger/training';
import { IconBan, IconCopy, IconRefresh, IconRestore, IconTrash, type Icon } from '@tabler/icons-react';

/** One icon per action, the same on every page. */
export const ACTION_ICONS: Record<TaskAction, Icon> = {
  clone: IconCopy,
  cancel: IconBan,
  retry: IconRefresh,
  trash: IconTrash,
  restore: IconRestore,
};
