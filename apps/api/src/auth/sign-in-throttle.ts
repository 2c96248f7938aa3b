import { isIPv6 } from 'node:net';
import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { Problem } from '../problem.js';
import { hashSecret } from './secrets.js';

interface Limit {
  key: Buffer;
  attempts: number;
  /** Seconds. */
  window: number;
  /** Counts what everybody tries at one account, so that it could be used to lock its owner out. */
  wide?: true;
}

const QUARTER = 15 * 60;
/** One address may guess ten times at one account; the wider limits stop guessing spread over addresses or accounts. */
const PER_ACCOUNT_AND_ADDRESS = 10;
const PER_ADDRESS = 60;
const PER_ACCOUNT = 100;

/**
 * Counts sign-in attempts in fixed windows, in the database, so that instances share the count and a restart does not forget it.
 * An attempt is counted before the password is checked: parallel guesses cannot slip in between check and count.
 */
@Injectable()
export class SignInThrottle {
  constructor(private readonly database: DataSource) {}

  /**
   * @param account as typed; `null` where nobody is named, and only the address counts
   * @throws Problem RATE_LIMITED with the seconds to wait
   */
  async count(account: string | null, address: string): Promise<void> {
    const limits = limitsFor(account, address);
    const rows: { over: boolean; wide: boolean; wait: number }[] = await this.database.query(COUNT, [
      limits.map(({ key }) => key),
      limits.map(({ attempts }) => attempts),
      limits.map(({ window }) => window),
      limits.map(({ wide }) => wide === true),
    ]);
    const over = rows.filter((row) => row.over);
    if (over.length === 0 || (over.every(({ wide }) => wide) && (await this.isAtHome(account, address)))) return;
    const wait = Math.max(0, ...over.map((row) => row.wait));
    if (wait > 0)
      throw new Problem('RATE_LIMITED', `Too many attempts to sign in. Try again in ${Math.ceil(wait / 60)} minutes.`, {
        retryAfterSeconds: wait,
      });
  }

  /** The attempt was right: the account starts anew, and the address gets this one attempt back. */
  async forgive(account: string | null, address: string): Promise<void> {
    const [byAddress, ...byAccount] = limitsFor(account, address).map(({ key }) => key);
    await this.database.query('DELETE FROM sign_in_failure WHERE key = ANY($1::bytea[])', [byAccount]);
    await this.database.query('UPDATE sign_in_failure SET failures = greatest(failures - 1, 0) WHERE key = $1', [byAddress]);
  }

  /** Whoever is signed in from an address may come again from there, however many others guess at the account from elsewhere. */
  private async isAtHome(account: string | null, address: string): Promise<boolean> {
    const [row]: unknown[] = await this.database.query(
      'SELECT FROM session s JOIN app_user u ON u.id = s.user_id WHERE lower(u.username) = lower($1) AND u.deleted_at IS NULL AND s.address = $2 AND s.expires_at > now() LIMIT 1',
      [account ?? '', address],
    );
    return row !== undefined;
  }

  async forgetOld(): Promise<void> {
    await this.database.query('DELETE FROM sign_in_failure WHERE window_ends < now()');
  }
}

/** Keys are hashes: what people type as a username is sometimes their password. */
function limitsFor(account: string | null, address: string): [Limit, ...Limit[]] {
  const from = network(address);
  const byAddress = { key: hashSecret(`address:${from}`), attempts: PER_ADDRESS, window: QUARTER };
  if (account === null) return [byAddress];
  const name = account.toLowerCase();
  return [
    byAddress,
    { key: hashSecret(`both:${name}:${from}`), attempts: PER_ACCOUNT_AND_ADDRESS, window: QUARTER },
    { key: hashSecret(`account:${name}`), attempts: PER_ACCOUNT, window: QUARTER, wide: true },
  ];
}

/** One household holds a /64 of IPv6 addresses, so the first four groups are the address. */
function network(address: string): string {
  return isIPv6(address) && !address.includes('.') ? expand(address).slice(0, 4).join(':') : address;
}

function expand(address: string): string[] {
  const [head = '', tail] = address.split('::');
  const before = head === '' ? [] : head.split(':');
  const after = tail === undefined || tail === '' ? [] : tail.split(':');
  return tail === undefined ? before : [...before, ...Array.from({ length: 8 - before.length - after.length }, () => '0'), ...after];
}

/** In the order of the keys, so that two attempts that count the same keys cannot lock each other out. */
const COUNT = `
  WITH asked AS (SELECT * FROM unnest($1::bytea[], $2::int[], $3::int[], $4::boolean[]) AS a(key, attempts, window_seconds, wide) ORDER BY key),
  counted AS (
    INSERT INTO sign_in_failure AS f (key, failures, window_ends)
    SELECT key, 1, now() + make_interval(secs => window_seconds) FROM asked
    ON CONFLICT (key) DO UPDATE SET
      failures = CASE WHEN f.window_ends <= now() THEN 1 ELSE least(f.failures + 1, 1000000) END,
      window_ends = CASE WHEN f.window_ends <= now() THEN excluded.window_ends ELSE f.window_ends END
    RETURNING key, failures, window_ends
  )
  SELECT failures > attempts AS over, wide, extract(epoch FROM window_ends - now())::float8 AS wait FROM counted JOIN asked USING (key)`;
