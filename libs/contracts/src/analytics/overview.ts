import { ChoiceField, IntegerField, NestedField, NestedListField, NumberField, NumericQuery, TimeField } from '../field.js';
import { TrainTaskFilter } from '../train-task/query.js';
import { Basis, Rate, type Bucket } from './values.js';

export class OverviewQuery extends TrainTaskFilter {
  @ChoiceField({
    description: 'Width of the series; by the length of the period when absent',
    choices: ['day', 'week', 'month'],
    optional: true,
  })
  bucket?: Bucket;
  @IntegerField({ description: 'Minutes by which days begin earlier than in UTC: 480 in Beijing', min: -840, max: 840, optional: true })
  @NumericQuery()
  utcOffset?: number;
}

export class StateCounts {
  @IntegerField({ description: 'All', min: 0 }) all: number;
  @IntegerField({ description: 'Waiting', min: 0 }) pending: number;
  @IntegerField({ description: 'Running', min: 0 }) running: number;
  @IntegerField({ description: 'Succeeded', min: 0 }) success: number;
  @IntegerField({ description: 'Failed', min: 0 }) failed: number;
  @IntegerField({ description: 'Cancelled', min: 0 }) cancelled: number;
}

export class Totals extends StateCounts {
  @NestedField({ description: 'How often it went well' }, () => Rate) successRate: Rate;
  @NumberField({
    description: 'Median seconds from start to end of those that succeeded, the newest 10 000 of them',
    min: 0,
    optional: true,
  })
  medianSeconds: number | null;
  @NumberField({ description: 'GPU hours used', min: 0 }) gpuHours: number;
  @NumberField({ description: 'What it cost; null when no task had a price', optional: true }) cost: number | null;
}

export class Period extends Totals {
  @TimeField({ description: 'From' }) from: string;
  @TimeField({ description: 'To, excluded' }) to: string;
}

export class SeriesPoint extends StateCounts {
  @TimeField({ description: 'Begin of the day, week (Monday) or month' }) from: string;
  @NumberField({ description: 'GPU hours', min: 0 }) gpuHours: number;
  @NumberField({ description: 'Cost', optional: true }) cost: number | null;
}

export class Overview {
  @NestedField({ description: 'What it rests on' }, () => Basis) basis: Basis;
  @NestedField({ description: 'All that the filter selects' }, () => Totals) totals: Totals;
  @ChoiceField({ description: 'Width of the series', choices: ['day', 'week', 'month'] }) bucket: Bucket;
  @NestedListField({ description: 'By time of creation, without gaps, oldest first', max: 10_000 }, () => SeriesPoint)
  series: SeriesPoint[];
  @NestedField(
    { description: "The time just before, as long as the filter's; null when the filter has no createdFrom", optional: true },
    () => Period,
  )
  previous: Period | null;
}
