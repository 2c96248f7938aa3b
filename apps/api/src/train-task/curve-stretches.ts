import type { DataSource } from 'typeorm';

/** One curve, as `metric_summary` counts it. */
export interface CurveSummary {
  key: string;
  firstStep: number;
  lastStep: number;
  points: number;
}

/** A point of a curve that may be drawn, before its time and epoch are looked up. */
export interface Candidate {
  step: number;
  value: number;
}

interface StretchRow {
  points: number;
  low_step: string | null;
  low_value: number | null;
  high_step: string | null;
  high_value: number | null;
  odd_step: string | null;
}

/** A curve has about one to two thousand stretches, as many as a screen has columns: when it has doubled, they are made anew, twice as wide. */
const STRETCHES = 1024;
const FEWEST_POINTS = 16;
/** Stretches built by one statement. */
const BUILT_AT_ONCE = 1024;

/**
 * Long curves in short. Of each stretch of steps the lowest and highest point are kept, and the first that is no finite number; drawing
 * a million points then reads some thousand rows. Stretches are made when somebody looks, not when points come in, so reports pay nothing
 * for them. Points are only ever added, so stretches are right exactly when their points and those behind them add up to what the summary
 * counts; a point that came late makes the sums differ, and they are made again.
 */
export class CurveStretches {
  constructor(private readonly database: DataSource) {}

  /**
   * @param to inclusive
   * @returns extremes and oddities between two steps, in the order of steps, and how many points they stand for; `null` when the
   *   stretches are too wide to give `maxPoints` of them
   */
  async between(
    id: string,
    curve: CurveSummary,
    from: number,
    to: number,
    maxPoints: number,
  ): Promise<{ candidates: Candidate[]; total: number } | null> {
    const each = Math.max(FEWEST_POINTS, 2 ** Math.floor(Math.log2(curve.points / STRETCHES)));
    const span = curve.lastStep - curve.firstStep + 1;
    const inRange = (Math.min(to, curve.lastStep) - Math.max(from, curve.firstStep) + 1) * (curve.points / span);
    if ((2 * inRange) / each < maxPoints / 2) return null;
    // A power of two: as a growing curve gets denser or sparser by a little, its width stays.
    const width = 2 ** Math.max(0, Math.round(Math.log2((each * span) / curve.points)));
    const end = await this.ensure(id, curve.key, width, each);
    const firstWhole = Math.ceil(from / width);
    const afterWhole = Math.max(firstWhole, Math.min(end, Math.floor((to + 1) / width)));
    const [stretches, edges] = await Promise.all([
      this.database.query<StretchRow[]>(
        `SELECT points, low_step, low_value, high_step, high_value, odd_step FROM metric_stretch
         WHERE train_task_id = $1 AND key = $2 AND width = $3 AND stretch >= $4 AND stretch < $5 ORDER BY stretch`,
        [id, curve.key, width, firstWhole, afterWhole],
      ),
      this.database.query<{ step: string; value: number }[]>(
        `SELECT step, value FROM metric_point WHERE train_task_id = $1 AND key = $2 AND step >= $3 AND step <= $4 AND (step < $5 OR step >= $6) ORDER BY step`,
        [id, curve.key, from, to, firstWhole * width, afterWhole * width],
      ),
    ]);
    const outside = edges.map(({ step, value }) => ({ step: Number(step), value }));
    const split = outside.findIndex(({ step }) => step >= firstWhole * width);
    const [before, after] = split < 0 ? [outside, []] : [outside.slice(0, split), outside.slice(split)];
    return {
      candidates: withFirst(curve, from, [...before, ...stretches.flatMap(candidatesOf), ...after]),
      total: outside.length + stretches.reduce((sum, { points }) => sum + points, 0),
    };
  }

  /** Makes the stretches that are missing. @returns the stretch where they end; what lies behind is read point by point */
  private async ensure(id: string, key: string, width: number, each: number): Promise<number> {
    const [state]: { end: number; last: number; isRight: boolean; behind: number }[] = await this.database.query(STATE, [id, key, width]);
    if (state === undefined) return 0;
    const from = state.isRight ? state.end : 0;
    // The last stretch is still growing: it stays open.
    if (state.isRight && state.behind < 2 * each) return state.end;
    if (from === 0)
      await this.database.query('DELETE FROM metric_stretch WHERE train_task_id = $1 AND key = $2 AND width <> $3', [id, key, width]);
    for (let start = from; start < state.last; start += BUILT_AT_ONCE) {
      await this.database.query(BUILD, [id, key, width, start, Math.min(start + BUILT_AT_ONCE, state.last)]);
    }
    return state.last;
  }
}

/** A curve begins where it begins, even when its first point is no extreme. */
function withFirst({ firstStep }: CurveSummary, from: number, candidates: Candidate[]): Candidate[] {
  const [first] = candidates;
  return first === undefined || from > firstStep || first.step <= firstStep
    ? candidates
    : [{ step: firstStep, value: first.value }, ...candidates];
}

function candidatesOf({ low_step, low_value, high_step, high_value, odd_step }: StretchRow): Candidate[] {
  const low = low_step === null || low_value === null ? [] : [{ step: Number(low_step), value: low_value }];
  const high = high_step === null || high_value === null || high_step === low_step ? [] : [{ step: Number(high_step), value: high_value }];
  const odd = odd_step === null ? [] : [{ step: Number(odd_step), value: NaN }];
  return [...low, ...high, ...odd].sort((a, b) => a.step - b.step);
}

/** One statement, so that summary, stretches and points are of the same moment. */
const STATE = `
  WITH built AS (
    SELECT coalesce(max(stretch) + 1, 0) AS "end", coalesce(sum(points), 0) AS points FROM metric_stretch WHERE train_task_id = $1 AND key = $2 AND width = $3
  ), behind AS (
    SELECT count(*) AS points FROM metric_point WHERE train_task_id = $1 AND key = $2 AND step >= (SELECT "end" FROM built) * $3::bigint
  )
  SELECT built."end"::float8, (s.last_step / $3::bigint)::float8 AS last, built.points + behind.points = s.count AS "isRight", behind.points::float8 AS behind
  FROM metric_summary s, built, behind WHERE s.train_task_id = $1 AND s.key = $2`;

const FINITE = `value NOT IN ('NaN', 'Infinity', '-Infinity')`;

/** In the order of the key, so that two who build at once wait for one another. */
const BUILD = `
  INSERT INTO metric_stretch (train_task_id, key, width, stretch, points, low_step, low_value, high_step, high_value, odd_step)
  SELECT $1::bigint, $2::text, $3::bigint, step / $3::bigint AS stretch, count(*),
    (array_agg(step ORDER BY value, step) FILTER (WHERE ${FINITE}))[1], min(value) FILTER (WHERE ${FINITE}),
    (array_agg(step ORDER BY value DESC, step) FILTER (WHERE ${FINITE}))[1], max(value) FILTER (WHERE ${FINITE}),
    min(step) FILTER (WHERE NOT ${FINITE})
  FROM metric_point WHERE train_task_id = $1::bigint AND key = $2::text AND step >= $4::bigint * $3::bigint AND step < $5::bigint * $3::bigint
  GROUP BY 4 ORDER BY 4
  ON CONFLICT (train_task_id, key, width, stretch) DO UPDATE SET
    points = excluded.points, low_step = excluded.low_step, low_value = excluded.low_value, high_step = excluded.high_step, high_value = excluded.high_value, odd_step = excluded.odd_step`;
