import { isUUID } from 'class-validator';
import { uuid7 } from './uuid7.js';

const NOW = Date.UTC(2026, 2, 2, 10, 0, 0, 123);

it('is a UUID of version 7 that tells its time', () => {
  const id = uuid7(NOW);
  expect(isUUID(id, 7)).toBe(true);
  expect(parseInt(id.replaceAll('-', '').slice(0, 12), 16)).toBe(NOW);
});

it('sorts by time, as text and in a database', () => {
  const ids = Array.from({ length: 1000 }, (_one, index) => uuid7(NOW + index * 7919));
  expect([...ids].sort()).toEqual(ids);
});

it('is another one each time, in one millisecond too', () => {
  const ids = Array.from({ length: 10_000 }, () => uuid7(NOW));
  expect(new Set(ids).size).toBe(10_000);
  expect(ids.every((id) => isUUID(id, 7))).toBe(true);
});
