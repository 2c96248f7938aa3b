import { ConfigError, readConfig } from './config.js';

const DATABASE_URL = 'postgres://ledger@127.0.0.1/ledger';
const read = (env: Record<string, string>) => readConfig({ DATABASE_URL, ...env }, '/opt/ledger');
const complaint = (env: Record<string, string | undefined>): string => {
  try {
    readConfig({ DATABASE_URL, ...env }, '/opt/ledger');
  } catch (error) {
    if (error instanceof ConfigError) return error.message;
    throw error;
  }
  return 'no complaint';
};

it('needs nothing but a database', () => {
  expect(read({})).toMatchObject({
    host: '127.0.0.1',
    port: 3000,
    launcher: 'local',
    localSlots: 1,
    stalledAfter: 60,
    lostAfter: 900,
    firstAdmin: null,
    singleSignOn: null,
    trainersFile: null,
    uiDir: null,
    logLevel: 'info',
    allowedHosts: [],
  });
});

it('takes an empty variable for one that is not set, as shells and compose files write it', () => {
  expect(
    read({
      LEDGER_PORT: '',
      LEDGER_HOST: ' ',
      LEDGER_LAUNCHER: '',
      LEDGER_TRAINERS_FILE: '',
      LEDGER_ADMIN_USERNAME: '',
      LEDGER_ADMIN_PASSWORD: '',
    }),
  ).toEqual(read({}));
});

it('reads lists, numbers and paths', () => {
  expect(
    read({
      LEDGER_ALLOWED_HOSTS: 'Ledger.example.org, ,two',
      LEDGER_LOCAL_SLOTS: '0',
      LEDGER_DATA_DIR: '/var/ledger',
      LEDGER_TRAINERS_FILE: '/etc/trainers.yaml',
    }),
  ).toMatchObject({
    allowedHosts: ['ledger.example.org', 'two'],
    localSlots: 0,
    dataDir: '/var/ledger',
    trainersFile: '/etc/trainers.yaml',
  });
});

it.each([
  ['DATABASE_URL', { DATABASE_URL: undefined }],
  ['DATABASE_URL', { DATABASE_URL: 'mysql://localhost/ledger' }],
  ['LEDGER_PORT', { LEDGER_PORT: 'http' }],
  ['LEDGER_PORT', { LEDGER_PORT: '65536' }],
  ['LEDGER_PORT', { LEDGER_PORT: '-1' }],
  ['LEDGER_PORT', { LEDGER_PORT: '3000.5' }],
  ['LEDGER_DATABASE_POOL', { LEDGER_DATABASE_POOL: '1' }],
  ['LEDGER_LOCAL_SLOTS', { LEDGER_LOCAL_SLOTS: 'two' }],
  ['LEDGER_LAUNCHER', { LEDGER_LAUNCHER: 'Local' }],
  ['LEDGER_LOG_LEVEL', { LEDGER_LOG_LEVEL: 'loud' }],
  ['LEDGER_STALLED_AFTER', { LEDGER_STALLED_AFTER: '0' }],
  ['LEDGER_LOST_AFTER', { LEDGER_LOST_AFTER: '1' }],
  ['LEDGER_LOST_AFTER', { LEDGER_STALLED_AFTER: '60', LEDGER_LOST_AFTER: '60' }],
  ['LEDGER_TRUSTED_PROXIES', { LEDGER_TRUSTED_PROXIES: 'yes' }],
  ['LEDGER_SESSION_IDLE', { LEDGER_SESSION_IDLE: '1' }],
  ['LEDGER_SESSION_MAX', { LEDGER_SESSION_MAX: '1e99' }],
  ['LEDGER_ADMIN_PASSWORD', { LEDGER_ADMIN_USERNAME: 'ada' }],
  ['LEDGER_ADMIN_USERNAME', { LEDGER_ADMIN_PASSWORD: 'correct horse battery' }],
  ['LEDGER_OIDC_CLIENT_SECRET', { LEDGER_OIDC_ISSUER: 'https://id.example.org', LEDGER_OIDC_CLIENT_ID: 'ledger' }],
  ['LEDGER_OIDC_ISSUER', { LEDGER_OIDC_ISSUER: 'http://id.example.org', LEDGER_OIDC_CLIENT_ID: 'ledger', LEDGER_OIDC_CLIENT_SECRET: 'x' }],
])('says in one readable line what is wrong with %s', (name, env) => {
  const line = complaint(env);
  expect(line).toContain(name);
  expect(line).toMatch(/^[A-Z][^\n]{20,200}\.$/);
});

it('keeps passwords out of its complaints', () => {
  expect(complaint({ LEDGER_ADMIN_PASSWORD: 'correct horse battery' })).not.toContain('horse');
  expect(complaint({ DATABASE_URL: 'mysql://ledger:horse@localhost/ledger' })).not.toContain('horse');
});
