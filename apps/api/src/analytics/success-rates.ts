import { Injectable } from '@nestjs/common';
import type { RateBin, SuccessRateQuery, SuccessRates as Answer } from '@lora-ledger/contracts';
import { chiSquaredTest, successRate, TOO_FEW } from '@lora-ledger/training';
import type { UserCaller } from '../auth/caller.js';
import { Problem } from '../problem.js';
import { Answers } from './answers.js';
import { basis } from './basis.js';
import { dimension, needsExtra } from './dimensions.js';
import { both, groupsOf, type Group, type RawGroup } from './groups.js';
import { Snapshot, type Read } from './snapshot.js';
import { GROUPABLE, newestTasks, selectTasks } from '../query/task-source.js';
import { usernames } from './usernames.js';

interface Row {
  key1: RawGroup['key'];
  min1: number | null;
  max1: number | null;
  key2: RawGroup['key'];
  min2: number | null;
  max2: number | null;
  successes: number;
  failures: number;
}

/** Extra parameters lie in the wide table: of more tasks than this, the newest stand for all. */
const MOST_WIDE = 50_000;
const UNLIMITED = 1_000_000_000;

/** How often it goes well, by one or two parameters. */
@Injectable()
export class SuccessRates {
  constructor(
    private readonly snapshot: Snapshot,
    private readonly answers: Answers,
  ) {}

  /** @throws Problem VALIDATION for a dimension there is not */
  async of(query: SuccessRateQuery, caller: UserCaller): Promise<Answer> {
    if (query.by.length < 1 || query.by.length > 2)
      throw Problem.invalid([{ path: 'by', message: 'by must name one or two dimensions', rule: 'count' }]);
    return this.answers.to(['success-rate', query], caller, () => this.snapshot.read((read) => this.compute(read, query, caller)));
  }

  private async compute(read: Read, { by, ...filter }: SuccessRateQuery, caller: UserCaller): Promise<Answer> {
    const isWide = needsExtra(by);
    const source = selectTasks(filter, caller, isWide);
    source.where.and(`t.status IN ('SUCCESS', 'FAILED')`);
    const dimensions = by.map((name) => dimension(source.where, name));
    const limit = isWide ? MOST_WIDE : UNLIMITED;
    const from = isWide ? `${newestTasks(source, `${GROUPABLE}, t.extra_params`, limit)} t` : `${source.from} ${source.where.sql}`;
    const ends = dimensions.map(({ key, value, kind }, index) => {
      const [min, max] = kind === 'fine' ? [`min(${value})`, `max(${value})`] : ['NULL::double precision', 'NULL::double precision'];
      return `${key} AS key${index + 1}, ${min} AS min${index + 1}, ${max} AS max${index + 1}`;
    });
    const counted = await read<Omit<Row, 'failures'> & { ended: number }>(
      `SELECT ${ends.join(', ')}, (count(*) FILTER (WHERE t.status = 'SUCCESS'))::integer AS successes, count(*)::integer AS ended
       FROM ${from} GROUP BY ${dimensions.map((_one, index) => `key${index + 1}`).join(', ')}`,
      source.where.parameters,
    );
    // A second condition for each task would take longer than to subtract.
    const rows = counted.map(({ ended, ...row }): Row => ({ ...row, failures: ended - row.successes }));
    const users = await usernames(
      read,
      by.flatMap((name, index) => (name === 'user' ? rows.map((row) => (index === 0 ? row.key1 : row.key2)) : [])),
    );
    const groupings = dimensions.map((one, index) =>
      groupsOf(
        one,
        rows.map((row) => rawGroup(row, index)),
        users,
      ),
    );
    const cells = new Map<string, { groups: Group[]; successes: number; failures: number }>();
    for (const row of rows) {
      const groups = groupings.flatMap((grouping, index) => grouping.of(rawGroup(row, index)) ?? []);
      if (groups.length < by.length) continue;
      const id = JSON.stringify(groups.map((group) => group.id));
      const cell = cells.get(id) ?? { groups, successes: 0, failures: 0 };
      cells.set(id, { groups, successes: cell.successes + row.successes, failures: cell.failures + row.failures });
    }
    const ordered = [...cells.values()].sort((a, b) => place(a.groups, 0) - place(b.groups, 0) || place(a.groups, 1) - place(b.groups, 1));
    const total = rows.reduce((sum, row) => ({ successes: sum.successes + row.successes, failures: sum.failures + row.failures }), {
      successes: 0,
      failures: 0,
    });
    return {
      basis: basis(total.successes + total.failures, limit),
      by,
      bins: ordered.map((cell): RateBin => ({
        values: Object.fromEntries(by.map((name, index) => [name, cell.groups[index]?.value ?? null])),
        ...successRate(cell.successes, cell.failures),
        filter: merged(cell.groups),
      })),
      overall: successRate(total.successes, total.failures),
      p: differ(ordered),
      omitted: groupings.reduce((sum, { omitted }) => sum + omitted, 0),
    };
  }
}

/** Whether the groups differ by more than chance. The approximation by χ² does not hold for groups of a few runs, so those have no say. */
function differ(cells: readonly { successes: number; failures: number }[]): number | null {
  const enough = cells.filter(({ successes, failures }) => successes + failures >= TOO_FEW);
  return enough.length < 2 ? null : chiSquaredTest(enough.map(({ successes, failures }) => [successes, failures])).p;
}

function rawGroup(row: Row, index: number): RawGroup {
  const n = row.successes + row.failures;
  return index === 0 ? { key: row.key1, min: row.min1, max: row.max1, n } : { key: row.key2, min: row.min2, max: row.max2, n };
}

function place(groups: readonly Group[], index: number): number {
  return groups[index]?.order ?? 0;
}

function merged(groups: readonly Group[]): RateBin['filter'] {
  return groups.map(({ filter }) => filter).reduce(both, {});
}
