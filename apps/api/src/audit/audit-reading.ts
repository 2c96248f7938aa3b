import { Readable } from 'node:stream';
import { Injectable } from '@nestjs/common';
import type { AuditEntryDto, AuditExportFormat, AuditFilter, AuditPage, AuditQuery } from '@lora-ledger/contracts';
import { DataSource } from 'typeorm';
import { csvLine } from '../csv.js';
import { Where } from '../database/where.js';
import { Problem } from '../problem.js';

const EXPORT_BATCH = 1000;

const COLUMNS = `id, at, actor, actor_id AS "actorId", via, action, subject_type AS "subjectType", subject_id AS "subjectId", subject, changes, address, request_id AS "requestId"`;

const FIELDS = [
  'id',
  'at',
  'actor',
  'actorId',
  'via',
  'action',
  'subjectType',
  'subjectId',
  'subject',
  'changes',
  'address',
  'requestId',
] as const satisfies readonly (keyof AuditEntryDto)[];

type AuditRow = Omit<AuditEntryDto, 'at'> & { at: Date };

/** Reads the audit log, newest first: by page for people, as a stream for files. */
@Injectable()
export class AuditReading {
  constructor(private readonly database: DataSource) {}

  /** The cursor is the id of the last line of the page before. @throws Problem VALIDATION for any other cursor */
  async page({ cursor, limit = 50, ...filter }: AuditQuery): Promise<AuditPage> {
    if (cursor !== undefined && !/^\d{1,18}$/.test(cursor))
      throw Problem.invalid([{ path: 'cursor', message: 'cursor is not one this list has given: begin again without it', rule: 'cursor' }]);
    const rows = await this.rows(filter, cursor ?? null, limit + 1);
    const items = rows.slice(0, limit);
    return { items, nextCursor: rows.length > limit ? (items.at(-1)?.id ?? null) : null };
  }

  /** Never holds more than a batch in memory. */
  export(filter: AuditFilter, format: AuditExportFormat): Readable {
    return Readable.from(format === 'csv' ? this.csv(filter) : this.json(filter));
  }

  private async *csv(filter: AuditFilter): AsyncGenerator<string> {
    yield csvLine(FIELDS);
    for await (const batch of this.batches(filter)) yield batch.map((entry) => csvLine(FIELDS.map((field) => entry[field]))).join('');
  }

  private async *json(filter: AuditFilter): AsyncGenerator<string> {
    let separator = '[\n';
    for await (const batch of this.batches(filter)) {
      yield separator + batch.map((entry) => JSON.stringify(entry)).join(',\n');
      separator = ',\n';
    }
    yield separator === '[\n' ? '[]\n' : '\n]\n';
  }

  private async *batches(filter: AuditFilter): AsyncGenerator<AuditEntryDto[]> {
    let before: string | null = null;
    for (;;) {
      const batch: AuditEntryDto[] = await this.rows(filter, before, EXPORT_BATCH);
      if (batch.length === 0) return;
      yield batch;
      before = batch.at(-1)?.id ?? null;
    }
  }

  private async rows(filter: AuditFilter, before: string | null, limit: number): Promise<AuditEntryDto[]> {
    const where = new Where();
    if (before !== null) where.and(`id < ${where.bind(before, 'bigint')}`);
    narrow(where, filter);
    const rows: AuditRow[] = await this.database.query(
      `SELECT ${COLUMNS} FROM audit_log ${where.sql} ORDER BY id DESC LIMIT ${where.bind(limit, 'integer')}`,
      where.parameters,
    );
    return rows.map((row) => ({ ...row, at: row.at.toISOString() }));
  }
}

function narrow(where: Where, { actor, action, subject, from, to }: AuditFilter): void {
  if (actor != null) where.and(`actor = ${where.bind(actor, 'text')}`);
  if (action?.endsWith('.')) where.and(`starts_with(action, ${where.bind(action, 'text')})`);
  else if (action != null) where.and(`action = ${where.bind(action, 'text')}`);
  if (subject != null) where.and(`subject_id = ${where.bind(subject, 'text')}`);
  if (from != null) where.and(`at >= ${where.bind(from, 'timestamptz')}`);
  if (to != null) where.and(`at < ${where.bind(to, 'timestamptz')}`);
}
