import fc from 'fast-check';
import { findChanges, isExperimental, toOverrides } from './draft-diff.js';
import { extraRow, readExtra, toRequest, toValues, type FormValues } from './form-model.js';
import { extraPlace, findProblems, isOfWords, placeOf } from './form-problems.js';
import { applyTrainer, fillFromFile } from './trainer-defaults.js';

const REQUEST = { modelName: 'flux', loraRank: 16, learningRate: 0.0001, batchSize: 4, epochs: 10, trainDataDir: './data' };
const values = (more: Record<string, unknown> = {}): FormValues => toValues({ ...REQUEST, ...more });
const typed = (name: keyof FormValues['config'], text: string): FormValues => {
  const all = values();
  return { ...all, config: { ...all.config, [name]: text } };
};
const ruleAt = (form: FormValues, place: string) => findProblems(form).get(place)?.rule;

describe('the form', () => {
  it('hands in what it was filled from', () => {
    const full = {
      ...REQUEST,
      trainer: 'demo',
      name: 'a',
      description: 'b',
      tags: ['x'],
      note: 'n',
      loraAlpha: 8,
      seed: 7,
      incremental: true,
      resumeFrom: 'w.safetensors',
      extraParams: { optimizer: 'adamw', warmup: 0.05, flip: false, net: { args: [1, 'a'] } },
    };
    expect(toRequest(toValues(full))).toEqual(full);
  });
  it('writes small numbers as people do and reads them back exactly', () => {
    expect(values().config.learningRate).toBe('1e-4');
    fc.assert(
      fc.property(fc.double({ noNaN: true, noDefaultInfinity: true }), (value) => {
        expect(readExtra(extraRow('k', value))).toBe(value === 0 ? 0 : value);
      }),
    );
  });
  it('leaves empty fields out', () => {
    expect(toRequest(typed('epochs', '  '))).not.toHaveProperty('epochs');
  });
  it.each(['0x10', 'Infinity', '1e', 'ten', '1,5'])('does not take %p for a number', (text) => {
    expect(ruleAt(typed('loraRank', text), 'loraRank')).toBe('typeNumber');
  });
});

describe('problems are found while typing', () => {
  it('none in a complete form', () => expect(findProblems(values()).size).toBe(0));
  it.each([
    ['loraRank', '', 'required'],
    ['loraRank', '0', 'min'],
    ['loraRank', '1.5', 'integer'],
    ['learningRate', '0', 'minExclusive'],
    ['trainDataDir', '../up', 'parentPath'],
    ['epochs', '', 'epochsOrSteps'],
  ] as const)('%s = %p breaks the rule %s', (name, text, rule) => expect(ruleAt(typed(name, text), name)).toBe(rule));

  it.each([
    ['name', 'x'.repeat(201), 'tooLong', 200],
    ['name', 'a\u2028b', 'oneLine', undefined],
    ['tags', ['x'.repeat(61)], 'tagTooLong', 60],
    ['tags', Array.from({ length: 51 }, (_, at) => `${at}`), 'tooMany', 50],
    ['description', 'x'.repeat(10_001), 'tooLong', 10_000],
    ['description', 'a\u0007b', 'badCharacters', undefined],
    ['note', 'x'.repeat(2001), 'tooLong', 2000],
  ])('%s that the server would refuse breaks a rule of its own', (place, value, rule, limit) => {
    expect(findProblems({ ...values(), [place]: value }).get(place)).toEqual({ rule, ...(limit === undefined ? {} : { limit }) });
    expect(isOfWords(place)).toBe(true);
  });
  it('none in words as long as the server takes them, over several lines where it does', () => {
    const words = { name: 'x'.repeat(200), tags: ['x'.repeat(60)], description: 'one\n\ttwo', note: 'x'.repeat(2000) };
    expect(findProblems({ ...values(), ...words }).size).toBe(0);
  });

  it('in extra parameters, at their row', () => {
    const form = {
      ...values(),
      extra: [
        extraRow('a', 1),
        extraRow('a', 2),
        { ...extraRow('b', {}), text: '{' },
        { ...extraRow('c', 1), text: 'x' },
        extraRow('hf_token', 'hf_abc'),
        extraRow('', 'value'),
      ],
    };
    expect(form.extra.map(({ id }) => ruleAt(form, extraPlace(id)))).toEqual([
      undefined,
      'duplicate',
      'badJson',
      'badNumber',
      'secret',
      'required',
    ]);
  });
  it('of the server find their row too, also with dots in names', () => {
    const form = { extra: [extraRow('net', {}), extraRow('net.args', 1)] };
    expect(placeOf('extraParams.net.args', form)).toBe(extraPlace(form.extra[1]!.id));
    expect(placeOf('extraParams.net.password', form)).toBe(extraPlace(form.extra[0]!.id));
    expect(placeOf('extraParams.gone', form)).toBe('extraParams');
    expect(placeOf('loraRank', form)).toBe('loraRank');
  });
});

describe('changes against the original', () => {
  it('are the fields that differ, absent and null being the same', () => {
    expect(findChanges({ loraRank: 16, seed: null, epochs: 3 }, { loraRank: 32, epochs: 3 })).toEqual([
      { path: 'loraRank', before: 16, after: 32 },
    ]);
  });
  it('look into extra parameters, whatever the order of keys', () => {
    const changes = findChanges({ extraParams: { net: { a: 1, b: 2 }, gone: 1 } }, { extraParams: { net: { b: 2, a: 1 }, fresh: true } });
    expect(changes).toEqual([
      { path: 'extraParams.gone', before: 1, after: undefined },
      { path: 'extraParams.fresh', before: undefined, after: true },
    ]);
  });
  it('are none where labels only stand in another order', () => {
    expect(findChanges({ tags: ['a', 'b'] }, { tags: ['b', 'a'] })).toEqual([]);
    expect(findChanges({ tags: ['a', 'b'] }, { tags: ['b'] })).toHaveLength(1);
  });
  it('become overrides that take values away with null', () => {
    const changes = findChanges({ loraRank: 16, seed: 1, extraParams: { a: 1 } }, { loraRank: 32, note: 'why', extraParams: { b: 2 } });
    expect(toOverrides(changes)).toEqual({ loraRank: 32, seed: null, extraParams: { a: null, b: 2 } });
  });
  it('of names and notes make no other experiment', () => {
    expect(findChanges({ name: 'a' }, { name: 'b' }).filter(isExperimental)).toEqual([]);
  });
  it('are none for the same form', () => expect(findChanges(toRequest(values()), toRequest(values()))).toEqual([]));
});

describe('choosing another trainer', () => {
  const trainer = (name: string, defaults: Record<string, never> | object) => ({
    name,
    title: name,
    format: 'json' as never,
    defaults: defaults as never,
    costPerHour: null,
  });
  const kohya = trainer('kohya', { loraRank: 32, extraParams: { optimizer: 'adamw' } });
  const demo = trainer('demo', { loraRank: 4, batchSize: 8, extraParams: { dropout: 0 } });

  it('replaces the defaults of the trainer before and keeps what was typed', () => {
    const filled = applyTrainer(toValues({}), undefined, kohya);
    const edited = { ...filled, config: { ...filled.config, modelName: 'mine' } };
    const after = applyTrainer(edited, kohya, demo);
    expect(toRequest(after)).toEqual({ trainer: 'demo', modelName: 'mine', loraRank: 4, batchSize: 8, extraParams: { dropout: 0 } });
  });
  it("never overwrites a value of one's own", () => {
    const filled = applyTrainer(toValues({ loraRank: 64 }), undefined, kohya);
    expect(applyTrainer(filled, kohya, demo).config.loraRank).toBe('64');
  });
});

describe('filling the form from a file', () => {
  it('takes its configuration whole and keeps what was said about the task', () => {
    const before = {
      ...toValues({ epochs: 3, seed: 42, extraParams: { optimizer: 'adamw' } }),
      trainer: 'demo',
      note: 'why',
      name: 'mine',
    };
    expect(toRequest(fillFromFile(before, { name: 'from file', maxSteps: 2000 }))).toEqual({
      trainer: 'demo',
      name: 'from file',
      note: 'why',
      maxSteps: 2000,
    });
  });
});
