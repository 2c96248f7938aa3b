import { copyOfPoints } from './point-copy.js';
import type { PendingReport } from './report-group.js';

const NOW = Date.UTC(2026, 0, 1);

/** The rows of a binary COPY as PostgreSQL reads them. */
function rowsOf(bytes: Buffer): unknown[][] {
  const rows: unknown[][] = [];
  let at = 19;
  const field = (): Buffer | null => {
    const length = bytes.readInt32BE(at);
    at += 4 + Math.max(0, length);
    return length < 0 ? null : bytes.subarray(at - length, at);
  };
  while (bytes.readInt16BE(at) === 6) {
    at += 2;
    const [task, step, value, time, epoch, key] = [field(), field(), field(), field(), field(), field()];
    const happened = new Date(Number(time!.readBigInt64BE() / 1000n) + Date.UTC(2000, 0, 1)).toISOString();
    rows.push([
      task!.readBigInt64BE(),
      step!.readBigInt64BE(),
      value!.readDoubleBE(),
      happened,
      epoch?.readFloatBE() ?? null,
      key!.toString(),
    ]);
  }
  expect(bytes.subarray(at)).toEqual(Buffer.from([0xff, 0xff]));
  return rows;
}

function report(id: string, ...points: { key: string; step: number; value: number; epoch?: number; time?: number }[]): PendingReport {
  return {
    id,
    points: {
      keys: points.map(({ key }) => key),
      steps: points.map(({ step }) => step),
      values: points.map(({ value }) => value),
      epochs: points.map(({ epoch }) => epoch ?? null),
      times: points.map(({ time }) => time ?? null),
      currentStep: null,
      totalSteps: null,
      currentEpoch: null,
    },
  };
}

describe('points on their way by COPY', () => {
  it('are all there, of every report, with and without epoch and time', () => {
    const bytes = copyOfPoints(
      [
        report(
          '7123456789012345678',
          { key: 'loss', step: 1, value: 0.5, epoch: 0.25 },
          { key: 'größe', step: 1_000_000_000_000, value: -1e300, time: NOW - 1.5 },
          { key: 'loss', step: 2, value: NaN },
        ),
        report('2', { key: 'loss', step: 4_294_967_296, value: Infinity, epoch: 2, time: Date.UTC(1999, 11, 31) }),
      ],
      NOW,
    );
    expect(rowsOf(bytes)).toEqual([
      [7123456789012345678n, 1n, 0.5, '2026-01-01T00:00:00.000Z', 0.25, 'loss'],
      [7123456789012345678n, 1_000_000_000_000n, -1e300, '2025-12-31T23:59:59.998Z', null, 'größe'],
      [7123456789012345678n, 2n, NaN, '2026-01-01T00:00:00.000Z', null, 'loss'],
      [2n, 4_294_967_296n, Infinity, '1999-12-31T00:00:00.000Z', 2, 'loss'],
    ]);
  });
});
