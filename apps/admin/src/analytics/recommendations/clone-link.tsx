import type { Recommended } from '@lora-ledger/contracts';
import { IconCopyPlus } from '@tabler/icons-react';
import { LinkButton } from '../../ui/links.js';

/** To the form, filled with a recommendation. Nothing is submitted before a person has looked at it. */
export function CloneLink({ recommended: { cloneOf, overrides }, label }: { recommended: Recommended; label: string }) {
  if (cloneOf === null) return null;
  return (
    <LinkButton
      to="/tasks/$taskId/clone"
      params={{ taskId: cloneOf }}
      search={Object.keys(overrides).length === 0 ? {} : { with: JSON.stringify(overrides) }}
      size="compact-sm"
      variant="light"
      leftSection={<IconCopyPlus size={15} aria-hidden />}
    >
      {label}
    </LinkButton>
  );
}
