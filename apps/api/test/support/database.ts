import { randomUUID } from 'node:crypto';
import { Client } from 'pg';

/** A fresh, empty database in the test server. @returns its address */
export async function freshDatabase(): Promise<string> {
  const server = process.env['TEST_POSTGRES_URL'] ?? '';
  const name = `test_${randomUUID().replaceAll('-', '')}`;
  const client = new Client({ connectionString: `${server}/postgres` });
  await client.connect();
  await client.query(`CREATE DATABASE ${name}`);
  await client.end();
  return `${server}/${name}`;
}
