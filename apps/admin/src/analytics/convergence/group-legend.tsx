import { Group, UnstyledButton } from '@mantine/core';
import css from './convergence.module.css';

export interface LegendEntry {
  name: string;
  /** What stands behind the name: how many runs. */
  note: string;
  color: string;
  isShown: boolean;
}

interface GroupLegendProps {
  label: string;
  entries: readonly LegendEntry[];
  /** Index of the entry that is looked at; the others are dimmed. */
  focused: number | null;
  onFocus: (index: number | null) => void;
  onToggle: (index: number) => void;
}

/** Which groups are drawn: each a switch, and looking at one brings its line to the front. */
export function GroupLegend({ label, entries, focused, onFocus, onToggle }: GroupLegendProps) {
  return (
    <Group gap={6} role="group" aria-label={label} onMouseLeave={() => onFocus(null)}>
      {entries.map(({ name, note, color, isShown }, index) => (
        <UnstyledButton
          key={name}
          className={css.entry}
          aria-pressed={isShown}
          data-dimmed={(focused !== null && focused !== index) || undefined}
          onClick={() => onToggle(index)}
          onMouseEnter={() => onFocus(isShown ? index : null)}
          onFocus={() => onFocus(isShown ? index : null)}
          onBlur={() => onFocus(null)}
        >
          <span className={css.swatch} style={{ borderColor: color, background: isShown ? color : 'transparent' }} />
          <span className={css.name}>{name}</span> <span className={css.note}>{note}</span>
        </UnstyledButton>
      ))}
    </Group>
  );
}
