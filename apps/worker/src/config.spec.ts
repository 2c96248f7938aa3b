import { resolve } from 'node:path';
import { ConfigError, readConfig } from './config.js';

const needed = { LEDGER_URL: 'http://ledger:3000/base//', LEDGER_TASK_TOKEN: 'token' };

describe('the environment of a worker', () => {
  it('needs an address and a token; the rest has defaults', () => {
    expect(readConfig(needed)).toEqual({
      url: 'http://ledger:3000/base',
      token: 'token',
      dataDir: resolve('.ledger'),
      heartbeatMs: 2000,
      patienceMs: 86_400_000,
      python: 'python3',
      inherited: needed,
    });
  });

  it('sets everything else', () => {
    const env = {
      ...needed,
      LEDGER_DATA_DIR: '/data',
      LEDGER_HEARTBEAT_SECONDS: '0.5',
      LEDGER_WORKER_PATIENCE: '60',
      LEDGER_PYTHON: '/opt/venv/bin/python',
    };
    expect(readConfig(env)).toMatchObject({ dataDir: '/data', heartbeatMs: 500, patienceMs: 60_000, python: '/opt/venv/bin/python' });
  });

  it.each([
    ['LEDGER_URL', ''],
    ['LEDGER_URL', 'file:///etc'],
    ['LEDGER_URL', 'ledger:3000'],
    ['LEDGER_TASK_TOKEN', ' '],
    ['LEDGER_HEARTBEAT_SECONDS', '0'],
    ['LEDGER_HEARTBEAT_SECONDS', 'often'],
    ['LEDGER_WORKER_PATIENCE', '-1'],
  ])('with %s=%j is refused by the name of the variable', (name, value) => {
    expect(() => readConfig({ ...needed, [name]: value })).toThrow(ConfigError);
    expect(() => readConfig({ ...needed, [name]: value })).toThrow(name);
  });
});
