import { CreateLedger1700000000000 } from './1700000000000-create-ledger.js';

/** Oldest first; forward only. */
export const MIGRATIONS = [CreateLedger1700000000000];
