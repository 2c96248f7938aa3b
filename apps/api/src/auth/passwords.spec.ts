import { Problem } from '../problem.js';
import { Passwords } from './passwords.js';

it('knows a password again, however its characters are composed', async () => {
  const passwords = new Passwords();
  const hash = await passwords.hash('pa\u0308sswo\u0308rter sind lang');
  expect(hash).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/);
  expect(await passwords.matches(hash, 'p\u00e4ssw\u00f6rter sind lang')).toBe(true);
  expect(await passwords.matches(hash, 'passworter sind lang')).toBe(false);
  expect(await passwords.matches(null, 'anything')).toBe(false);
});

it('turns a flood away, serves who waits in turn, and is free again afterwards', async () => {
  const passwords = new Passwords();
  const outcomes = await Promise.allSettled(Array.from({ length: 60 }, () => passwords.matches(null, 'a guess')));
  const refused = outcomes.filter((outcome) => outcome.status === 'rejected');
  expect(refused.length).toBeGreaterThan(30);
  expect(refused.every(({ reason }) => reason instanceof Problem && reason.code === 'RATE_LIMITED')).toBe(true);
  expect(outcomes.length - refused.length).toBeGreaterThan(20);
  expect(await passwords.matches(null, 'a guess')).toBe(false);
});

it('leaves the event loop free while it works', async () => {
  const passwords = new Passwords();
  let turns = 0;
  const timer = setInterval(() => {
    turns += 1;
  }, 1);
  await Promise.all(Array.from({ length: 5 }, () => passwords.hash('a long enough phrase')));
  clearInterval(timer);
  expect(turns).toBeGreaterThan(10);
});
