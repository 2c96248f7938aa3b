import type { OverRepresented } from '@lora-ledger/contracts';
import type { TFunction } from 'i18next';
import { toCsv } from '../chart/figures.js';
import type { Words } from '../words.js';
import { figuresOfErrors, figuresOfSuspects } from './figures-of-failures.js';

const t = ((key: string) => key.split('.').at(-1)) as unknown as TFunction;
const words = { parameter: (name: string) => name, value: String } as unknown as Words;
const lines = (csv: string) => csv.trim().split('\r\n');

describe('what is exported of failures', () => {
  it('is of each suspect its figures as they were computed', () => {
    const suspect = {
      parameter: 'host',
      value: 'gpu-9',
      failures: 8,
      successes: 2,
      failureRate: 0.8,
      elsewhere: 0.1,
      oddsRatio: 36,
      p: 0.001,
      q: 0.02,
    };
    expect(lines(toCsv(figuresOfSuspects([suspect as OverRepresented], words, t)))).toEqual([
      'parameter,value,failed,runs,with,without,odds,p,q',
      'host,gpu-9,8,10,0.8,0.1,36,0.001,0.02',
    ]);
  });

  it('is of each error how often it came, when, and one of its texts', () => {
    const seen = { firstSeen: '2026-03-01T00:00:00.000Z', lastSeen: '2026-03-02T00:00:00.000Z' };
    const error = { signature: 'ValueError: <n>', reason: 'CONFIG' as const, count: 3, example: '=ValueError: 7', taskIds: [], ...seen };
    expect(lines(toCsv(figuresOfErrors([error, { ...error, signature: '', reason: null, example: '' }], t)))).toEqual([
      'error,reason,tasks,firstSeen,lastSeen,example',
      "ValueError: <n>,CONFIG,3,2026-03-01T00:00:00.000Z,2026-03-02T00:00:00.000Z,'=ValueError: 7",
      'noText,,3,2026-03-01T00:00:00.000Z,2026-03-02T00:00:00.000Z,',
    ]);
  });
});
