import { Readable } from 'node:stream';
import { Injectable } from '@nestjs/common';
import type { ExportQuery, TrainTaskSummary } from '@lora-ledger/contracts';
import type { Actor } from '../audit/actor.js';
import { AuditLog } from '../audit/audit-log.js';
import type { UserCaller } from '../auth/caller.js';
import { csvLine } from '../csv.js';
import { ExtraColumns } from './extra-columns.js';
import { TaskList } from './task-list.js';

const COLUMNS = [
  'taskId',
  'name',
  'status',
  'failureReason',
  'createUser',
  'trainer',
  'modelName',
  'loraRank',
  'loraAlpha',
  'learningRate',
  'batchSize',
  'epochs',
  'maxSteps',
  'seed',
  'trainDataDir',
  'metadataPath',
  'outputPath',
  'incremental',
  'resumeFrom',
  'finalLoss',
  'bestLoss',
  'progress',
  'currentStep',
  'totalSteps',
  'createdAt',
  'startTime',
  'endTime',
  'gpu',
  'gpuSeconds',
  'cost',
  'tags',
  'attempt',
  'familyId',
  'clonedFrom',
  'fingerprint',
  'extraParams',
  'errorMessage',
  'description',
] as const satisfies readonly (keyof TrainTaskSummary)[];

/** Everything a filter selects as one file, read page by page while it is sent: a million tasks take no more memory than a hundred. */
@Injectable()
export class TaskExport {
  constructor(
    private readonly list: TaskList,
    private readonly audit: AuditLog,
  ) {}

  /** An admin's file may hold everybody's tasks, so it leaves a line before it leaves the house. */
  async note(query: ExportQuery, caller: UserCaller, actor: Actor): Promise<void> {
    if (caller.role === 'admin')
      await this.audit.add(actor, { action: 'task.exported', subject: { type: 'task' }, changes: { filter: { to: query } } });
  }

  csv(query: ExportQuery, caller: UserCaller): Readable {
    // The mark at the beginning makes spreadsheets read UTF-8, and so Chinese names.
    const extra = new ExtraColumns(query.column).names;
    const line = (task: TrainTaskSummary): string =>
      csvLine([...COLUMNS.map((column) => task[column]), ...extra.map((column) => task.columns?.[column])]);
    return Readable.from(this.lines(query, caller, [`\ufeff${csvLine([...COLUMNS, ...extra])}`], line));
  }

  json(query: ExportQuery, caller: UserCaller): Readable {
    let separator = '[\n';
    const line = (task: TrainTaskSummary): string => {
      const { actions: _actions, ...row } = task;
      const text = `${separator}${JSON.stringify(row)}`;
      separator = ',\n';
      return text;
    };
    return Readable.from(this.lines(query, caller, [], line, () => (separator === '[\n' ? '[]\n' : '\n]\n')));
  }

  private async *lines(
    query: ExportQuery,
    caller: UserCaller,
    head: string[],
    line: (task: TrainTaskSummary) => string,
    tail: () => string = () => '',
  ): AsyncGenerator<string> {
    yield* head;
    let cursor: string | null = null;
    do {
      const page = await this.list.page(
        { ...query, limit: 100, withTotal: false, ...(cursor === null ? { cursor: undefined } : { cursor }) },
        caller,
      );
      yield page.items.map((item) => line(JSON.parse(item) as TrainTaskSummary)).join('');
      cursor = page.nextCursor;
    } while (cursor !== null);
    yield tail();
  }
}
