import { Group, Text } from '@mantine/core';

/** A loss curve falling on its axes: what the product is about. */
export function Logo({ size = 26 }: { size?: number }) {
  return (
    <Group gap={10} wrap="nowrap">
      <svg width={size} height={size} viewBox="0 0 32 32" aria-hidden>
        <rect width="32" height="32" rx="8" fill="var(--mantine-color-ledger-7)" />
        <path d="M8 8v16h16" fill="none" stroke="#fff" strokeOpacity=".45" strokeWidth="2.4" strokeLinecap="round" strokeLinejoin="round" />
        <path d="M12 10c1.6 7.4 4.6 10 12 10.4" fill="none" stroke="#fff" strokeWidth="2.8" strokeLinecap="round" />
      </svg>
      <Text component="span" fw={700} size={size > 28 ? 'xl' : 'md'} style={{ letterSpacing: '-0.01em', whiteSpace: 'nowrap' }}>
        LoRA Ledger
      </Text>
    </Group>
  );
}
