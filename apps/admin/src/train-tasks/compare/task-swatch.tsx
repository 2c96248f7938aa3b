import css from './compare.module.css';
import type { TaskLook } from './task-look.js';

/** The line and letter of a task, as they are drawn in the charts. */
export function TaskSwatch({ look: { color, dash, letter } }: { look: TaskLook }) {
  return (
    <span className={css.swatch} style={{ color }} aria-hidden>
      <svg width="22" height="10">
        <line x1="1" y1="5" x2="21" y2="5" stroke="currentColor" strokeWidth="2.5" strokeDasharray={dash?.join(' ')} />
      </svg>
      {letter}
    </span>
  );
}
