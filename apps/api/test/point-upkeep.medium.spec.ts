import { PointUpkeep } from '../src/train-task/point-upkeep.js';
import { makeApp, type TestApp } from './support/app.js';

const monthName = (date: Date): string => `metric_point_${date.getUTCFullYear()}_${String(date.getUTCMonth() + 1).padStart(2, '0')}`;
const monthsFromNow = (months: number): Date => new Date(Date.UTC(new Date().getUTCFullYear(), new Date().getUTCMonth() + months, 15));

describe('the upkeep of metric points', () => {
  let app: TestApp;

  afterEach(() => app.close());

  const partitions = async (): Promise<string[]> =>
    (await app.database.query(`SELECT inhrelid::regclass::text AS name FROM pg_inherits WHERE inhparent = 'metric_point'::regclass`)).map(
      ({ name }: { name: string }) => name,
    );

  async function addPointIn(date: Date): Promise<void> {
    await app.database.query('SELECT add_metric_partition($1::timestamptz::date)', [date]);
    await app.database.query(
      `INSERT INTO metric_point (train_task_id, key, step, value, at) VALUES (first_snowflake_at($1::timestamptz), 'loss', 1, 0.5, now())`,
      [date],
    );
  }

  const count = async (): Promise<number> => (await app.database.query('SELECT count(*)::int AS n FROM metric_point'))[0].n;

  it('has partitions for this month and the two to come, and puts points where they belong', async () => {
    app = await makeApp();
    expect(await partitions()).toEqual(expect.arrayContaining([0, 1, 2].map((months) => monthName(monthsFromNow(months)))));
    await addPointIn(monthsFromNow(1));
    const [{ place }] = await app.database.query('SELECT tableoid::regclass::text AS place FROM metric_point');
    expect(place).toBe(monthName(monthsFromNow(1)));
  });

  it('takes an id from the border between two months to the later one', async () => {
    app = await makeApp();
    const first = monthsFromNow(1);
    first.setUTCDate(1);
    await addPointIn(first);
    const [{ place }] = await app.database.query('SELECT tableoid::regclass::text AS place FROM metric_point');
    expect(place).toBe(monthName(first));
  });

  it('forgets months that are older than they are to be kept, and no others', async () => {
    app = await makeApp({ LEDGER_KEEP_POINTS_MONTHS: '6' });
    await addPointIn(monthsFromNow(-5));
    await addPointIn(monthsFromNow(-8));
    await app.app.get(PointUpkeep).keepUp();
    expect(await partitions()).not.toContain(monthName(monthsFromNow(-8)));
    expect(await partitions()).toContain(monthName(monthsFromNow(-5)));
    expect(await count()).toBe(1);
  });

  it('keeps everything when nothing is said', async () => {
    app = await makeApp();
    await addPointIn(monthsFromNow(-12));
    await app.app.get(PointUpkeep).keepUp();
    expect(await count()).toBe(1);
  });
});
