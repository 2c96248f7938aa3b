import { IntegerField, NumericQuery, TextField } from '../field.js';

export class LogQuery {
  @IntegerField({
    description: 'First byte; negative counts from the end',
    optional: true,
    min: -1_000_000_000_000,
    max: 1_000_000_000_000,
  })
  @NumericQuery()
  offset?: number;
  @IntegerField({ description: 'Bytes at most; 65 536 when absent', min: 1, max: 1_048_576, optional: true })
  @NumericQuery()
  limit?: number;
}

export class LogSlice {
  @TextField({ description: 'Text, cut at whole characters', max: 1_048_576, lines: 'many', empty: true }) text: string;
  @IntegerField({ description: 'Byte where `text` begins', min: 0 }) offset: number;
  @IntegerField({ description: 'Byte to go on from', min: 0 }) nextOffset: number;
  @IntegerField({ description: 'Bytes there are', min: 0 }) size: number;
}
