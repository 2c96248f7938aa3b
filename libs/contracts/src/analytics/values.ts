import { BooleanField, IntegerField, JsonField, NumberField, TextField, TimeField } from '../field.js';

/** A value of a dimension, or the range of a bin: `from` excluded, `to` included; `min` and `max` are the ends of what lies in it. */
export type DimensionValue = string | number | boolean | null | { from: number; to: number; min: number; max: number };

/** Query parameters that select just these tasks in the list, to be added to the filter of the page; `null` when no filter can. */
export type ListSelection = Record<string, string> | null;

/** Width of the bars of a series over time. */
export type Bucket = 'day' | 'week' | 'month';

/** What an answer rests on. */
export class Basis {
  @IntegerField({ description: 'Tasks the numbers are made of', min: 0 }) tasks: number;
  @BooleanField({ description: 'There are more: the newest, or a sample drawn with a fixed seed, stand for them' }) sampled: boolean;
  @TimeField({ description: 'When it was computed' }) asOf: string;
}

export class Rate {
  @IntegerField({ description: 'Outcomes: successes and failures. Cancelled, waiting and running tasks are neither', min: 0 }) n: number;
  @IntegerField({ description: 'Succeeded', min: 0 }) successes: number;
  @IntegerField({ description: 'Failed', min: 0 }) failures: number;
  @NumberField({ description: 'Fraction that succeeded, 0 to 1', min: 0, max: 1, optional: true }) rate: number | null;
  @NumberField({ description: 'Lower end of the 95 % interval (Wilson)', min: 0, max: 1 }) low: number;
  @NumberField({ description: 'Upper end', min: 0, max: 1 }) high: number;
  @BooleanField({ description: 'Fewer than 10 outcomes: too few to say' }) tooFew: boolean;
}

/** A sentence with the facts it is made of, so that it can be said in another language. */
export class Reason {
  @TextField({ description: 'Names the sentence', max: 50 }) code: string;
  @JsonField({ description: 'The facts in it' }) params: Record<string, string | number | boolean | null>;
  @TextField({ description: 'The sentence in English', max: 1000 }) text: string;
}
