import { execFileSync } from 'node:child_process';
import { cpus, loadavg, release, totalmem, type } from 'node:os';
import { withClient } from './postgres.js';

/** What a figure must be read with. */
export interface Machine {
  cpu: string;
  cores: number;
  memoryGb: number;
  system: string;
  node: string;
  postgres: string;
  durability: string;
  commit: string;
  /** Of the last minute before the run: above about 0.2 other work was going on. */
  loadAverage: number;
  at: string;
}

export async function describeMachine(root: string, databaseUrl: string): Promise<Machine> {
  const settings = await withClient(databaseUrl, async (client) => {
    const { rows } = await client.query<{ name: string; setting: string }>(
      `SELECT name, setting FROM pg_settings WHERE name IN ('server_version', 'fsync', 'synchronous_commit', 'full_page_writes')`,
    );
    return Object.fromEntries(rows.map(({ name, setting }) => [name, setting]));
  });
  return {
    cpu: cpus()[0]?.model ?? 'unknown',
    cores: cpus().length,
    memoryGb: Math.round(totalmem() / 2 ** 30),
    system: `${type()} ${release()}`,
    node: process.version,
    postgres: settings['server_version'] ?? 'unknown',
    durability: ['fsync', 'synchronous_commit', 'full_page_writes'].map((name) => `${name} ${settings[name]}`).join(', '),
    commit: commitOf(root),
    loadAverage: Number(loadavg()[0]?.toFixed(2)),
    at: new Date().toISOString(),
  };
}

function commitOf(root: string): string {
  try {
    return execFileSync('git', ['rev-parse', '--short', 'HEAD'], {
      cwd: root,
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
    }).trim();
  } catch {
    return 'not in a repository';
  }
}
