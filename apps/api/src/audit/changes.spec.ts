import { changesAsJson, changesBetween } from './changes.js';

it('names the fields that differ, with what they were and what they are', () => {
  const before = { name: 'one', tags: ['a'], rank: 8, note: null, untouched: 1 };
  expect(changesBetween(before, { name: 'two', tags: ['a'], rank: 8, note: 'x', unset: undefined })).toEqual({
    name: { from: 'one', to: 'two' },
    note: { from: null, to: 'x' },
  });
});

it('tells setting nothing to nothing from a change', () => {
  expect(changesBetween({}, { email: null })).toEqual({});
  expect(changesBetween({ email: 'a@b' }, { email: null })).toEqual({ email: { from: 'a@b', to: null } });
});

it('never keeps a credential, whatever field or text it comes in', () => {
  const json = changesAsJson({
    password: { from: 'old-secret-1', to: 'new-secret-2' },
    extraParams: { to: { wandb_api_key: 'secret-3', nested: { hf_token: 'secret-4' } } },
    description: { to: 'run with hf_abcdefghijklmnopqrstuvwxyz and AKIAABCDEFGHIJKLMNOP' },
  });
  expect(json).not.toMatch(/secret-\d|hf_abc|AKIA/);
});

it('cuts long texts', () => {
  expect(changesAsJson({ note: { to: 'x'.repeat(10_000) } }).length).toBeLessThan(600);
});
