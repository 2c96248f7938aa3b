import { Injectable } from '@nestjs/common';
import type { DurationFigures, DurationQuery, Durations as Answer, HistogramBar, ListSelection } from '@lora-ledger/contracts';
import { binOf, logBins } from '@lora-ledger/training';
import type { UserCaller } from '../auth/caller.js';
import { Answers } from './answers.js';
import { basis } from './basis.js';
import { dimension, needsExtra } from './dimensions.js';
import { groupsOf, type RawGroup } from './groups.js';
import { bucketOf, percentiles } from './histograms.js';
import { Snapshot, type Read } from './snapshot.js';
import { GROUPABLE, newestTasks, selectTasks } from '../query/task-source.js';
import { usernames } from './usernames.js';

type Figure = keyof DurationFigures;

interface Row extends Omit<RawGroup, 'n'> {
  figure: Figure;
  bucket: number;
  mean: number;
  count: number;
  least: number;
  most: number;
}

/** The newest tasks say how long things take as well as all would. */
const MOST = 30_000;
const MOST_WIDE = 20_000;
/** Of the `real` in which durations are kept ready. */
const PRECISION = 2 ** -23;

/** How long trainings take and wait, and how fast they go. */
@Injectable()
export class Durations {
  constructor(
    private readonly snapshot: Snapshot,
    private readonly answers: Answers,
  ) {}

  async of(query: DurationQuery, caller: UserCaller): Promise<Answer> {
    return this.answers.to(['durations', query], caller, () => this.snapshot.read((read) => this.compute(read, query, caller)));
  }

  private async compute(read: Read, { by: wanted, ...filter }: DurationQuery, caller: UserCaller): Promise<Answer> {
    const by = wanted ?? 'modelName';
    const isWide = needsExtra([by]);
    const limit = isWide ? MOST_WIDE : MOST;
    const source = selectTasks(filter, caller, isWide);
    source.where.and('t.waited IS NOT NULL');
    // How long one waits has nothing to do with how it ends; how long a training takes has.
    const isMeasured = `t.lasted IS NOT NULL${filter.status?.length ? '' : ` AND t.status = 'SUCCESS'`}`;
    const one = dimension(source.where, by);
    const newest = newestTasks(source, isWide ? `${GROUPABLE}, t.extra_params` : GROUPABLE, limit);
    const rows = await read<Row>(
      `WITH newest AS MATERIALIZED (SELECT ${one.key} AS key, ${one.kind === 'fine' ? one.value : 'NULL::double precision'} AS value, t.waited, CASE WHEN ${isMeasured} THEN t.lasted END AS lasted, t.steps FROM ${newest} t),
       figures AS (
         SELECT key, value, 'waiting' AS figure, waited AS x FROM newest
         UNION ALL SELECT key, value, 'duration', lasted FROM newest WHERE lasted IS NOT NULL
         UNION ALL SELECT key, value, 'throughput', steps / lasted FROM newest WHERE steps > 0 AND lasted > 0)
       SELECT key, figure, ${bucketOf('x')} AS bucket, min(value) AS min, max(value) AS max, avg(x) AS mean, min(x)::double precision AS least, max(x)::double precision AS most, count(*)::integer AS count FROM figures GROUP BY key, figure, ${bucketOf('x')}`,
      source.where.parameters,
    );
    const users = await usernames(read, by === 'user' ? rows.map(({ key }) => key) : []);
    const grouping = groupsOf(
      one,
      rows.filter(({ figure }) => figure === 'waiting').map((row) => ({ ...row, n: row.count })),
      users,
    );
    const groups = new Map<string, { group: NonNullable<ReturnType<typeof grouping.of>>; rows: Row[] }>();
    for (const row of rows) {
      const group = grouping.of(row);
      if (group === undefined) continue;
      const held = groups.get(group.id);
      if (held === undefined) groups.set(group.id, { group, rows: [row] });
      else held.rows.push(row);
    }
    const overall = figuresOf(rows);
    return {
      basis: basis(overall.waiting.n, limit),
      by,
      overall,
      histogram: histogramOf(rows.filter(({ figure }) => figure === 'duration')),
      groups: [...groups.values()]
        .sort((a, b) => a.group.order - b.group.order)
        .map(({ group, rows: held }) => ({ value: group.value, ...figuresOf(held), filter: group.filter })),
    };
  }
}

function figuresOf(rows: readonly Row[]): DurationFigures {
  const of = (figure: Figure) => percentiles(rows.filter((row) => row.figure === figure));
  return { duration: of('duration'), waiting: of('waiting'), throughput: of('throughput') };
}

function histogramOf(rows: readonly Row[]): HistogramBar[] {
  const buckets = wholeBuckets(rows).map((bucket) => ({ ...bucket, mean: Math.max(bucket.mean, 0.001) }));
  if (buckets.length === 0) return [];
  const means = buckets.map(({ mean }) => mean);
  const bins = logBins(Math.min(...means), Math.max(...means));
  const held = new Map(bins.map((bin): [typeof bin, Bucket[]] => [bin, []]));
  for (const bucket of buckets) {
    const bin = binOf(bins, bucket.mean);
    if (bin !== undefined) held.get(bin)?.push(bucket);
  }
  return [...held].map(([bin, members]) => ({
    ...bin,
    count: members.reduce((sum, { count }) => sum + count, 0),
    filter: selectionOf(members),
  }));
}

type Bucket = Pick<Row, 'mean' | 'count' | 'least' | 'most'>;

/** The rows of all groups together, one for each bucket: parts of a bucket on both sides of an edge would make bars that overlap. */
function wholeBuckets(rows: readonly Row[]): Bucket[] {
  const buckets = new Map<number, Bucket>();
  for (const { bucket, mean, count, least, most } of rows) {
    const before = buckets.get(bucket) ?? { mean: 0, count: 0, least, most };
    const all = before.count + count;
    buckets.set(bucket, {
      mean: (before.mean * before.count + mean * count) / all,
      count: all,
      least: Math.min(before.least, least),
      most: Math.max(before.most, most),
    });
  }
  return [...buckets.values()];
}

/** By what lies in the bar: what stands for each of its buckets may lie beside one of its edges. Times are whole milliseconds, so that those the `real` may stand for are all it can mean. */
function selectionOf(members: readonly Bucket[]): ListSelection {
  if (members.length === 0) return null;
  const [least, most] = [Math.min(...members.map((bucket) => bucket.least)), Math.max(...members.map((bucket) => bucket.most))];
  return {
    durationMin: String(Math.ceil(least * (1 - PRECISION) * 1000) / 1000),
    durationMax: String(Math.floor(most * (1 + PRECISION) * 1000) / 1000),
  };
}
