import type { ConfigFormat, JsonValue } from '../../src/index.js';

/** Keys with dots for the levels of a file. */
export type Flat = Record<string, JsonValue>;

/** Keys of a file as its trainer knows them, dotted, and what each must mean: canonical fields by name, other parameters after a dot. */
export type Case = readonly [Flat, Flat];

/** The formats of trainers; our own needs no mapping. */
export type TrainerFormat = Exclude<ConfigFormat, 'ledger'>;

export type Mappings<Format extends TrainerFormat> = Readonly<Record<Format, readonly Case[]>>;
