import { ApiProperty } from '@nestjs/swagger';
import { IntegerField, NestedListField, NumericQuery, RepeatableQuery, TextField, TextListField } from '../field.js';

export class MetricsQuery {
  @TextListField({ description: 'Metrics to answer; all when absent', max: 50, itemMax: 200, optional: true })
  @RepeatableQuery()
  keys?: string[];

  @IntegerField({ description: 'Points per curve at most; extremes are kept. 1000 when absent', min: 10, max: 20_000, optional: true })
  @NumericQuery()
  maxPoints?: number;

  @IntegerField({ description: 'From this step', min: 0, optional: true }) @NumericQuery() from?: number;
  @IntegerField({ description: 'To this step', min: 0, optional: true }) @NumericQuery() to?: number;
}

export class MetricSeries {
  @TextField({ description: 'Metric', max: 200 }) key: string;
  @ApiProperty({ description: 'Steps, ascending', type: [Number] }) steps: number[];
  @ApiProperty({
    description: 'Same length as `steps`; "NaN", "Infinity" and "-Infinity" as text',
    type: 'array',
    items: { oneOf: [{ type: 'number' }, { type: 'string' }] },
  })
  values: (number | string)[];
  @ApiProperty({ description: 'Epochs where reported, same length', type: 'array', items: { type: 'number', nullable: true } }) epochs: (
    number | null
  )[];
  @ApiProperty({ description: 'Milliseconds since 1970, same length', type: [Number] }) times: number[];
  @IntegerField({ description: 'Points in the range before downsampling', min: 0 }) total: number;
}

export class Metrics {
  @NestedListField({ description: 'One curve per metric', max: 50 }, () => MetricSeries) series: MetricSeries[];
}
