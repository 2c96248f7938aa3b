import type { Api } from './api.js';
import type { Figure } from './figure.js';
import type { Postgres } from './postgres.js';
import type { Yardsticks } from './yardsticks.js';

/** What every row of the table is given. */
export interface Bench {
  root: string;
  /** Scratch folder of this run. */
  folder: string;
  api: Api;
  postgres: Postgres;
  databaseUrl: string;
  yardsticks: Yardsticks;
  /** API token of the admin. */
  token: string;
  adminId: string;
  /** Tasks the database was seeded with. */
  tasks: number;
  /** How long a load runs. */
  seconds: number;
  /** Whether this is the short form for continuous integration. */
  isSmoke: boolean;
}

/** One row of the requirements: runs a load and says what came out. A string is the reason why it could not be run. */
export type Row = (bench: Bench) => Promise<Figure[] | string>;
