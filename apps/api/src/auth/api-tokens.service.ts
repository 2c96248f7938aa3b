import { Injectable } from '@nestjs/common';
import type { CreatedToken, CreateToken, TokenDto, TokenList, TokenScope } from '@lora-ledger/contracts';
import { DataSource } from 'typeorm';
import type { Actor } from '../audit/actor.js';
import { AuditLog } from '../audit/audit-log.js';
import { IdSource } from '../database/id-source.js';
import { Problem } from '../problem.js';
import { API_TOKEN_PREFIX, hashSecret, mintToken } from './secrets.js';

const TOKENS_PER_USER = 100;
const SHOWN_CHARACTERS = 10;

interface TokenRow extends Omit<TokenDto, 'createdAt' | 'expiresAt' | 'lastUsedAt'> {
  createdAt: Date;
  expiresAt: Date | null;
  lastUsedAt: Date | null;
}

const COLUMNS = 'id, name, prefix, scopes, created_at AS "createdAt", expires_at AS "expiresAt", last_used_at AS "lastUsedAt"';

/** Personal API tokens: a person's own, named and scoped, shown once and kept as a hash. */
@Injectable()
export class ApiTokensService {
  constructor(
    private readonly database: DataSource,
    private readonly ids: IdSource,
    private readonly audit: AuditLog,
  ) {}

  async list(userId: string): Promise<TokenList> {
    const rows: TokenRow[] = await this.database.query(
      `SELECT ${COLUMNS} FROM api_token WHERE user_id = $1 AND deleted_at IS NULL ORDER BY id DESC`,
      [userId],
    );
    return { items: rows.map(tokenDto) };
  }

  /** @throws Problem VALIDATION without a scope or with an expiry in the past, STATE_CONFLICT when there are too many */
  async create(userId: string, request: CreateToken, actor: Actor): Promise<CreatedToken> {
    const { name, expiresAt = null } = request;
    const scopes: TokenScope[] = [...new Set(request.scopes)];
    if (scopes.length === 0)
      throw Problem.invalid([{ path: 'scopes', message: 'scopes must name at least one of read, submit, report', rule: 'required' }]);
    if (expiresAt !== null && !(Date.parse(expiresAt) > Date.now()))
      throw Problem.invalid([{ path: 'expiresAt', message: 'expiresAt must lie in the future', rule: 'past' }]);
    const secret = mintToken(API_TOKEN_PREFIX);
    return this.database.transaction(async (manager) => {
      const id = this.ids.next();
      const rows: TokenRow[] = await manager.query(
        `INSERT INTO api_token (id, user_id, name, token_hash, prefix, scopes, expires_at)
         SELECT $1, $2, $3, $4, $5, $6, $7 WHERE (SELECT count(*) FROM api_token WHERE user_id = $2 AND deleted_at IS NULL) < $8
         RETURNING ${COLUMNS}`,
        [id, userId, name, hashSecret(secret), secret.slice(0, SHOWN_CHARACTERS), scopes, expiresAt, TOKENS_PER_USER],
      );
      const [row] = rows;
      if (row === undefined)
        throw new Problem('STATE_CONFLICT', `You have ${TOKENS_PER_USER} tokens already: revoke one you do not use.`, {
          reason: 'tooManyTokens',
          members: { limit: TOKENS_PER_USER },
        });
      const changes = { scopes: { to: scopes }, expiresAt: { to: expiresAt } };
      await this.audit.add(actor, { action: 'api-token.created', subject: { type: 'api-token', id, name }, changes }, manager);
      return { ...tokenDto(row), secret };
    });
  }

  /** Takes effect with the next request made with it. @throws Problem NOT_FOUND for other people's tokens, too */
  async revoke(userId: string, id: string, actor: Actor): Promise<void> {
    if (!/^\d{1,18}$/.test(id)) throw Problem.notFound('token');
    await this.database.transaction(async (manager) => {
      const [rows]: [{ name: string }[], number] = await manager.query(
        'UPDATE api_token SET deleted_at = now() WHERE id = $1 AND user_id = $2 AND deleted_at IS NULL RETURNING name',
        [id, userId],
      );
      const [row] = rows;
      if (row === undefined) throw Problem.notFound('token');
      await this.audit.add(actor, { action: 'api-token.revoked', subject: { type: 'api-token', id, name: row.name } }, manager);
    });
  }
}

function tokenDto(row: TokenRow): TokenDto {
  return {
    ...row,
    createdAt: row.createdAt.toISOString(),
    expiresAt: row.expiresAt?.toISOString() ?? null,
    lastUsedAt: row.lastUsedAt?.toISOString() ?? null,
  };
}
