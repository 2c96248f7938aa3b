import { finished } from 'node:stream/promises';
import { Injectable } from '@nestjs/common';
import type { TaskStatus } from '@lora-ledger/training';
import { from as copyFrom } from 'pg-copy-streams';
import { DataSource } from 'typeorm';
import { sqlState } from '../database/driver-error.js';
import { prepared, transactionOf } from '../database/prepared.js';
import { Problem } from '../problem.js';
import { TaskChangeFeed } from '../stream/task-change-feed.js';
import { GroupCommit } from './group-commit.js';
import { COPY_POINTS, copyOfPoints } from './point-copy.js';
import type { PointColumns } from './points.js';
import { additionsOf, pointsOf, positionsOf, type PendingReport } from './report-group.js';
import { APPEND, APPEND_BEFORE_COPY, MERGE } from './report-statements.js';

/** `stored`, or the state of a task that takes no points. */
type Outcome = 'stored' | TaskStatus | 'gone';

/** A point weighs 1; the report itself, which locks and changes the row of a task, as much as some points. */
const REPORT_WEIGHT = 10;
/** A second or two of writing, about 100 MB: whoever comes later is asked to wait outside. */
const WAITING_WEIGHT = 400_000;
const GROUP_WEIGHT = 20_000;
/** From here on the round trips of a COPY are made good by what each of its rows costs less. */
const COPIED_FROM = 1000;
const WRITERS = 2;

/** Stores what trainers report while they run. Reports that come together share a statement: answered means durable. */
@Injectable()
export class Ingest {
  private readonly groups = new GroupCommit<PendingReport, Outcome>({
    write: (reports) => this.write(reports),
    weigh: ({ points }) => points.keys.length + REPORT_WEIGHT,
    groupWeight: GROUP_WEIGHT,
    waitingWeight: WAITING_WEIGHT,
    isOfOneJob: isOfContent,
    writers: WRITERS,
  });

  constructor(
    private readonly database: DataSource,
    private readonly feed: TaskChangeFeed,
  ) {}

  /**
   * Points that are there already are left as they are, so a repeated report changes nothing.
   *
   * @throws Problem STATE_CONFLICT when the task does not run, RATE_LIMITED when too many reports wait
   */
  async store(id: string, points: PointColumns): Promise<void> {
    const outcome = await this.groups.add({ id, points });
    if (outcome === 'stored') return this.feed.markProgress(id);
    if (outcome === 'gone') throw Problem.notFound();
    const hint = outcome === 'PENDING' ? 'Send "start" first.' : 'It takes no more progress.';
    throw new Problem('STATE_CONFLICT', `The task is ${outcome}. ${hint}`, { reason: 'wrongStatus', members: { taskStatus: outcome } });
  }

  private async write(reports: readonly PendingReport[]): Promise<Outcome[]> {
    const appended = await this.append(reports);
    const rest = reports.filter(({ id }) => !appended.has(id));
    const merged = rest.length === 0 ? appended : new Set([...appended, ...(await this.merge(rest))]);
    const refused = rest.filter(({ id }) => !merged.has(id)).map(({ id }) => id);
    const statuses = refused.length === 0 ? new Map<string, TaskStatus>() : await this.statusesOf(refused);
    return reports.map(({ id }) => (merged.has(id) ? 'stored' : (statuses.get(id) ?? 'gone')));
  }

  /** @returns the tasks whose reports are stored; none when the steps of a curve do not ascend */
  private async append(reports: readonly PendingReport[]): Promise<Set<string>> {
    const additions = additionsOf(reports);
    if (additions === null) return new Set();
    const closing = [...positionsOf(reports), ...additions];
    const count = reports.reduce((sum, { points }) => sum + points.keys.length, 0);
    try {
      if (count >= COPIED_FROM) return await this.appendByCopy(reports, closing);
      return idsOf(await prepared(this.database, 'append reports', APPEND, [...closing, ...pointsOf(reports)]));
    } catch (error) {
      // Another group has stored one of these points meanwhile: to merge them is slower, but minds it.
      if (sqlState(error) === '23505') return new Set();
      throw error;
    }
  }

  private async appendByCopy(reports: readonly PendingReport[], closing: readonly string[]): Promise<Set<string>> {
    return transactionOf(this.database, async (client) => {
      const { rows } = await client.query<{ id: string; at: number }>({
        name: 'append reports before COPY',
        text: APPEND_BEFORE_COPY,
        values: [...closing],
      });
      const [first] = rows;
      const stored = idsOf(rows);
      if (first !== undefined) {
        const copy = client.query(copyFrom(COPY_POINTS));
        copy.end(
          copyOfPoints(
            reports.filter(({ id }) => stored.has(id)),
            first.at,
          ),
        );
        await finished(copy);
      }
      return stored;
    });
  }

  private async merge(reports: readonly PendingReport[]): Promise<Set<string>> {
    return idsOf(await prepared(this.database, 'merge reports', MERGE, [...positionsOf(reports), ...pointsOf(reports)]));
  }

  private async statusesOf(ids: readonly string[]): Promise<Map<string, TaskStatus>> {
    const rows: { id: string; status: TaskStatus }[] = await this.database.query(
      'SELECT id, status FROM train_task WHERE id = ANY($1::bigint[])',
      [ids],
    );
    return new Map(rows.map(({ id, status }) => [id, status]));
  }
}

const idsOf = (rows: readonly { id: string }[]): Set<string> => new Set(rows.map(({ id }) => id));

/** A value PostgreSQL does not take (SQLSTATE class 22) or a rule of a table (23), as opposed to a database that is away. */
function isOfContent(error: unknown): boolean {
  return /^2[23]/.test(sqlState(error));
}
