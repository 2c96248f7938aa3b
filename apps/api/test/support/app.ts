import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { DataSource } from 'typeorm';
import { createApp } from '../../src/app.setup.js';
import { readConfig } from '../../src/config.js';
import { Api } from './api.js';
import { freshDatabase } from './database.js';

export const ROOT = resolve(__dirname, '../../../..');
export const ADMIN = { username: 'ada', password: 'correct horse battery' };

export interface TestApp {
  app: NestFastifyApplication;
  url: string;
  databaseUrl: string;
  dataDir: string;
  database: DataSource;
  /** Without credentials. */
  anonymous: Api;
  /** Signed in as the first admin, when the environment names one. */
  admin: Api;
  /** Makes a member and signs them in. */
  member(username: string): Promise<Api>;
  /** Inserts no rows of its own: stops the app and forgets its files. */
  close(): Promise<void>;
}

/** The whole application on a port of its own, over a fresh database (or `DATABASE_URL` of another app, to have two instances). */
export async function makeApp(env: Record<string, string> = {}): Promise<TestApp> {
  const dataDir = mkdtempSync(join(tmpdir(), 'ledger-app-'));
  const databaseUrl = env['DATABASE_URL'] ?? (await freshDatabase());
  const config = readConfig(
    {
      LEDGER_PORT: '0',
      LEDGER_DATA_DIR: dataDir,
      LEDGER_LOCAL_SLOTS: '0',
      LEDGER_LOG_LEVEL: 'silent',
      LEDGER_DATABASE_POOL: '6',
      LEDGER_ADMIN_USERNAME: ADMIN.username,
      LEDGER_ADMIN_PASSWORD: ADMIN.password,
      ...env,
      DATABASE_URL: databaseUrl,
    },
    ROOT,
  );
  const app = await createApp(config);
  await app.listen({ host: '127.0.0.1', port: config.port }).catch(async (error: unknown) => {
    await app.close();
    throw error;
  });
  const url = `http://127.0.0.1:${(app.getHttpServer().address() as { port: number }).port}`;
  const anonymous = new Api(url);
  const admin = config.firstAdmin === null ? anonymous : await anonymous.signIn(ADMIN.username, ADMIN.password);
  return {
    app,
    url,
    databaseUrl,
    dataDir,
    anonymous,
    admin,
    database: app.get(DataSource),
    async member(username) {
      const password = `${username} has a long password`;
      await admin.post('/users', { username, password, role: 'member' }, 201);
      return anonymous.signIn(username, password);
    },
    async close() {
      await app.close();
      rmSync(dataDir, { recursive: true, force: true });
    },
  };
}
