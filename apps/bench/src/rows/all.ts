import type { Row } from '../bench.js';
import { curves } from './curves.js';
import { list } from './list.js';
import { memory } from './memory.js';
import { listPage } from './page.js';
import { progressLarge, progressSmall } from './progress.js';
import { analytics, detailAndCompare } from './reading.js';
import { signIn } from './sign-in.js';
import { start } from './start.js';
import { streams } from './streams.js';
import { submit } from './submit.js';

/** Reading before writing, so that the seeded database is what is read. */
export const ROWS: Record<string, Row> = {
  P4: list,
  P5: curves,
  P6: detailAndCompare,
  P7: analytics,
  P1: submit,
  P2: progressSmall,
  P3: progressLarge,
  P8: memory,
  P9: start,
  P10: streams,
  S4: signIn,
  UI: listPage,
};

/** Without the browser, which runs by its name only. */
export const USUAL_ROWS = Object.keys(ROWS).filter((name) => name !== 'UI');
