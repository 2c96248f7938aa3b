import { join, resolve } from 'node:path';

/** Everything the API takes from its environment, read once at start. Durations are seconds. */
export interface Config {
  host: string;
  port: number;
  databaseUrl: string;
  databasePoolSize: number;
  /** Absolute: the folder of the installation, where the worker and the built-in trainer profile are found. */
  root: string;
  workerPath: string;
  /** Absolute. Workspaces, logs and outputs of the local launcher live below it. */
  dataDir: string;
  firstAdmin: { username: string; password: string } | null;
  launcher: 'local';
  /** Trainings at once on this host; 0: launch nothing here. */
  localSlots: number;
  trainersFile: string | null;
  stalledAfter: number;
  lostAfter: number;
  /** Metric points older than this many months are forgotten; 0: they are kept for ever. */
  keepPointsMonths: number;
  /** Host names the API answers to, beside its own address and localhost. */
  allowedHosts: string[];
  logLevel: (typeof LOG_LEVELS)[number];
  /** Hops of reverse proxies whose forwarding headers are believed. */
  trustedProxies: number;
  /** A session ends when it has not been used for this long. */
  sessionIdle: number;
  /** A session ends this long after sign-in, used or not. */
  sessionMax: number;
  singleSignOn: SingleSignOnConfig | null;
  /** Built admin UI, `null`: serve the API only. */
  uiDir: string | null;
}

/** An OpenID Connect provider people may sign in with. */
export interface SingleSignOnConfig {
  issuer: string;
  clientId: string;
  clientSecret: string;
  /** What the button on the sign-in page says. */
  name: string;
  scopes: string;
  /** Claim with the list of groups. */
  groupsClaim: string;
  /** Who is in it is an admin; `null`: roles are given here, not by the provider. */
  adminGroup: string | null;
  /** Who is in neither group is turned away; `null`: everybody the provider knows may come in. */
  memberGroup: string | null;
}

const LOG_LEVELS = ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'] as const;

/** A missing or wrong environment variable; the message is the one line an operator needs. */
export class ConfigError extends Error {}

type Environment = Readonly<Record<string, string | undefined>>;

/**
 * @param root folder of the installation
 * @throws ConfigError naming the first variable that is missing or wrong
 */
export function readConfig(env: Environment, root: string): Config {
  const config: Config = {
    host: text(env, 'LEDGER_HOST', '127.0.0.1'),
    port: integer(env, 'LEDGER_PORT', 3000, 0, 65_535),
    databaseUrl: databaseUrl(env),
    databasePoolSize: integer(env, 'LEDGER_DATABASE_POOL', 10, 2, 200),
    root,
    workerPath: join(root, 'apps/worker/dist/main.js'),
    dataDir: resolve(text(env, 'LEDGER_DATA_DIR', '.ledger')),
    firstAdmin: firstAdmin(env),
    launcher: choice(env, 'LEDGER_LAUNCHER', ['local'] as const, 'local'),
    localSlots: integer(env, 'LEDGER_LOCAL_SLOTS', 1, 0, 256),
    trainersFile: env['LEDGER_TRAINERS_FILE'] ? resolve(env['LEDGER_TRAINERS_FILE']) : null,
    stalledAfter: integer(env, 'LEDGER_STALLED_AFTER', 60, 1, 86_400),
    lostAfter: integer(env, 'LEDGER_LOST_AFTER', 900, 2, 30 * 86_400),
    keepPointsMonths: integer(env, 'LEDGER_KEEP_POINTS_MONTHS', 0, 0, 1200),
    allowedHosts: list(env, 'LEDGER_ALLOWED_HOSTS'),
    logLevel: choice(env, 'LEDGER_LOG_LEVEL', LOG_LEVELS, 'info'),
    trustedProxies: integer(env, 'LEDGER_TRUSTED_PROXIES', 0, 0, 10),
    sessionIdle: integer(env, 'LEDGER_SESSION_IDLE', 86_400, 60, 365 * 86_400),
    sessionMax: integer(env, 'LEDGER_SESSION_MAX', 14 * 86_400, 60, 365 * 86_400),
    singleSignOn: singleSignOn(env),
    uiDir: env['LEDGER_UI_DIR'] ? resolve(env['LEDGER_UI_DIR']) : null,
  };
  if (config.lostAfter <= config.stalledAfter) throw new ConfigError('LEDGER_LOST_AFTER must be longer than LEDGER_STALLED_AFTER.');
  return config;
}

function text(env: Environment, name: string, fallback: string): string {
  return env[name]?.trim() || fallback;
}

function list(env: Environment, name: string): string[] {
  return (env[name] ?? '')
    .split(',')
    .map((item) => item.trim().toLowerCase())
    .filter((item) => item !== '');
}

function integer(env: Environment, name: string, fallback: number, min: number, max: number): number {
  const raw = env[name]?.trim();
  if (!raw) return fallback;
  const value = Number(raw);
  if (!Number.isInteger(value) || value < min || value > max) {
    throw new ConfigError(`${name} must be a whole number from ${min} to ${max}, but is "${raw}".`);
  }
  return value;
}

function choice<const T extends string>(env: Environment, name: string, choices: readonly T[], fallback: T): T {
  const raw = env[name]?.trim();
  if (!raw) return fallback;
  const found = choices.find((one) => one === raw);
  if (found === undefined) throw new ConfigError(`${name} must be one of ${choices.join(', ')}, but is "${raw}".`);
  return found;
}

function databaseUrl(env: Environment): string {
  const raw = env['DATABASE_URL']?.trim();
  if (!raw)
    throw new ConfigError(
      'DATABASE_URL is missing: give the address of a PostgreSQL (14 or newer), or start with "npm start", which brings its own.',
    );
  if (!/^postgres(ql)?:\/\//.test(raw)) throw new ConfigError('DATABASE_URL must begin with postgres:// or postgresql://.');
  return raw;
}

function firstAdmin(env: Environment): Config['firstAdmin'] {
  const username = env['LEDGER_ADMIN_USERNAME']?.trim();
  const password = env['LEDGER_ADMIN_PASSWORD'];
  if (!username && !password) return null;
  if (!username || !password) throw new ConfigError('LEDGER_ADMIN_USERNAME and LEDGER_ADMIN_PASSWORD go together: give both or none.');
  return { username, password };
}

function singleSignOn(env: Environment): SingleSignOnConfig | null {
  const issuer = env['LEDGER_OIDC_ISSUER']?.trim();
  const clientId = env['LEDGER_OIDC_CLIENT_ID']?.trim();
  const clientSecret = env['LEDGER_OIDC_CLIENT_SECRET']?.trim();
  if (!issuer && !clientId && !clientSecret) return null;
  if (!issuer || !clientId || !clientSecret)
    throw new ConfigError('LEDGER_OIDC_ISSUER, LEDGER_OIDC_CLIENT_ID and LEDGER_OIDC_CLIENT_SECRET go together: give all three or none.');
  if (!/^(https:\/\/|http:\/\/(localhost|127\.0\.0\.1)(:|\/|$))/.test(issuer) || !URL.canParse(issuer))
    throw new ConfigError('LEDGER_OIDC_ISSUER must be an https:// address.');
  return {
    issuer,
    clientId,
    clientSecret,
    name: text(env, 'LEDGER_OIDC_NAME', 'Single sign-on'),
    scopes: text(env, 'LEDGER_OIDC_SCOPES', 'openid profile email'),
    groupsClaim: text(env, 'LEDGER_OIDC_GROUPS_CLAIM', 'groups'),
    adminGroup: env['LEDGER_OIDC_ADMIN_GROUP']?.trim() || null,
    memberGroup: env['LEDGER_OIDC_MEMBER_GROUP']?.trim() || null,
  };
}
