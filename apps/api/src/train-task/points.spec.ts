import * as fc from 'fast-check';
import { readPoints, valueOf } from './points.js';

const refusal = (body: unknown): { path: string; message: string }[] => {
  try {
    readPoints(body);
  } catch (error) {
    return (error as { more: { errors: { path: string; message: string }[] } }).more.errors;
  }
  return [];
};

describe('readPoints, long form', () => {
  it('turns points into columns of one length', () => {
    expect(
      readPoints({
        points: [
          { key: 'loss', step: 1, value: 0.5, epoch: 0.1, at: '2026-01-31T12:00:00Z' },
          { key: 'lr', step: 2, value: 1e-4, at: 1000 },
        ],
        currentStep: 2,
        totalSteps: 10,
        currentEpoch: 0.2,
      }),
    ).toEqual({
      keys: ['loss', 'lr'],
      steps: [1, 2],
      values: [0.5, 1e-4],
      epochs: [0.1, null],
      times: [Date.UTC(2026, 0, 31, 12), 1000],
      currentStep: 2,
      totalSteps: 10,
      currentEpoch: 0.2,
    });
  });

  it('takes NaN and infinities as text, as Python and JavaScript write them', () => {
    const values = ['NaN', 'nan', 'Infinity', 'inf', '-Infinity', '-inf'];
    expect(readPoints({ points: values.map((value, step) => ({ key: 'loss', step, value })) }).values).toEqual([
      NaN,
      NaN,
      Infinity,
      Infinity,
      -Infinity,
      -Infinity,
    ]);
  });

  it('is an empty report without points', () => {
    expect(readPoints({ points: [] })).toMatchObject({ keys: [], currentStep: null });
  });

  it.each([
    ['no list', { points: 'x' }, 'points'],
    ['a misspelt member', { points: [], curentStep: 1 }, 'curentStep'],
    ['more than 10 000 points', { points: Array.from({ length: 10_001 }, (_one, step) => ({ key: 'k', step, value: 1 })) }, 'points'],
    ['a point that is no object', { points: [7] }, 'points.0'],
    ['no key', { points: [{ step: 1, value: 1 }] }, 'points.0.key'],
    ['an empty key', { points: [{ key: '', step: 1, value: 1 }] }, 'points.0.key'],
    ['a blank key', { points: [{ key: '  ', step: 1, value: 1 }] }, 'points.0.key'],
    ['a key with a NUL', { points: [{ key: 'a\0', step: 1, value: 1 }] }, 'points.0.key'],
    ['a key with half a character', { points: [{ key: 'a\ud800', step: 1, value: 1 }] }, 'points.0.key'],
    ['a key of 201 characters', { points: [{ key: 'k'.repeat(201), step: 1, value: 1 }] }, 'points.0.key'],
    ['no step', { points: [{ key: 'k', value: 1 }] }, 'points.0.step'],
    ['a negative step', { points: [{ key: 'k', step: -1, value: 1 }] }, 'points.0.step'],
    ['half a step', { points: [{ key: 'k', step: 1.5, value: 1 }] }, 'points.0.step'],
    ['a step as text', { points: [{ key: 'k', step: '1', value: 1 }] }, 'points.0.step'],
    ['a step beyond all steps', { points: [{ key: 'k', step: 1e13, value: 1 }] }, 'points.0.step'],
    ['no value', { points: [{ key: 'k', step: 1 }] }, 'points.0.value'],
    ['a value as text', { points: [{ key: 'k', step: 1, value: '0.5' }] }, 'points.0.value'],
    ['a value that every object has', { points: [{ key: 'k', step: 1, value: 'constructor' }] }, 'points.0.value'],
    ['a negative epoch', { points: [{ key: 'k', step: 1, value: 1, epoch: -1 }] }, 'points.0.epoch'],
    ['a time that is none', { points: [{ key: 'k', step: 1, value: 1, at: 'yesterday' }] }, 'points.0.at'],
    ['a time in the year 9999', { points: [{ key: 'k', step: 1, value: 1, at: '9999-01-01T00:00:00Z' }] }, 'points.0.at'],
    ['half a currentStep', { points: [], currentStep: 0.5 }, 'currentStep'],
    ['a negative currentEpoch', { points: [], currentEpoch: -1 }, 'currentEpoch'],
  ])('refuses %s and says where', (_what, body, path) => {
    expect(refusal(body).map((error) => error.path)).toContain(path);
  });

  it('names no more than the first ten wrong points', () => {
    expect(refusal({ points: Array.from({ length: 5000 }, () => 7) })).toHaveLength(10);
  });
});

describe('readPoints, short form', () => {
  it('takes every other member for a metric', () => {
    expect(readPoints({ epoch: 2, step: 40, loss: 0.3, 'lr/unet': 1e-4 })).toEqual({
      keys: ['loss', 'lr/unet'],
      steps: [40, 40],
      values: [0.3, 1e-4],
      epochs: [2, 2],
      times: [null, null],
      currentStep: 40,
      totalSteps: null,
      currentEpoch: 2,
    });
  });

  it('counts an epoch as a step when no step is given, so that a curve per epoch keeps all its points', () => {
    expect(readPoints({ epoch: 1, loss: 0.5 }).steps).toEqual([1]);
    expect(readPoints({ epoch: 2, loss: 0.4 }).steps).toEqual([2]);
  });

  it('takes the step from currentStep when there is no step', () => {
    expect(readPoints({ currentStep: 7, epoch: 1, loss: 0.5 })).toMatchObject({ steps: [7], currentStep: 7 });
  });

  it.each([
    ['a metric that stands nowhere', { loss: 0.5 }, 'step'],
    ['half an epoch without a step', { epoch: 0.5, loss: 0.5 }, 'step'],
    ['a metric as text', { step: 1, loss: 'low' }, 'loss'],
    ['a wrong epoch, even without a metric', { epoch: -5 }, 'epoch'],
    ['a wrong step, even without a metric', { step: 'one' }, 'step'],
  ])('refuses %s', (_what, body, path) => {
    expect(refusal(body).map((error) => error.path)).toContain(path);
  });
});

it.each([null, undefined, 'text', 7, [], [{}]])('refuses %j, which is no object', (body) => {
  expect(refusal(body)).toHaveLength(1);
});

it('either refuses a body with a list of errors or answers columns of one length, whatever it is given', () => {
  const point = fc.record(
    { key: fc.anything(), step: fc.anything(), value: fc.anything(), epoch: fc.anything(), at: fc.anything() },
    { requiredKeys: [] },
  );
  const body = fc.oneof(
    fc.anything(),
    fc.record(
      { points: fc.oneof(fc.array(fc.oneof(point, fc.anything())), fc.anything()), currentStep: fc.anything() },
      { requiredKeys: [] },
    ),
  );
  fc.assert(
    fc.property(body, (value) => {
      const errors = refusal(value);
      if (errors.length > 0) return errors.every(({ path, message }) => typeof path === 'string' && message.length < 300);
      const { keys, steps, epochs, values, times } = readPoints(value);
      return (
        [steps, epochs, values, times].every((column) => column.length === keys.length) &&
        steps.every((step) => Number.isSafeInteger(step) && step >= 0) &&
        values.every((one) => typeof one === 'number')
      );
    }),
    { numRuns: 1000 },
  );
});

it('knows a value only by its type', () => {
  expect([valueOf(1), valueOf('NaN'), valueOf('toString'), valueOf(null), valueOf({})]).toEqual([1, NaN, undefined, undefined, undefined]);
});
