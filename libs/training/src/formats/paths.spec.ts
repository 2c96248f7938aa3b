import fc from 'fast-check';
import type { JsonValue } from '../json.js';
import { dotted, fill, flatten, put, take } from './paths.js';

describe('take and put', () => {
  it('take what put has put, through objects and lists, and leave nothing behind', () => {
    const tree = {};
    put(tree, 'a.b.0.c', 1);
    put(tree, 'a.d', 2);
    expect(tree).toEqual({ a: { b: [{ c: 1 }], d: 2 } });
    expect(take(tree, 'a.b.0.c')).toBe(1);
    expect(tree).toEqual({ a: { d: 2 } });
    expect(take(tree, 'a.d')).toBe(2);
    expect(tree).toEqual({});
  });

  it('keep the index of other list items', () => {
    const tree = { list: [{ a: 1 }, { a: 2 }] };
    expect(take(tree, 'list.0.a')).toBe(1);
    expect(tree).toEqual({ list: [{}, { a: 2 }] });
  });

  it.each(['a.x', 'a.b.c', 'list.a', 'list.5.a', 'toString', 'a.constructor', 'a.0'])(
    'take nothing from %s, which is not there',
    (path) => {
      const tree = { a: { b: 1 }, list: [{ a: 1 }] };
      expect(take(tree, path)).toBeUndefined();
      expect(tree).toEqual({ a: { b: 1 }, list: [{ a: 1 }] });
    },
  );
});

describe('flatten and fill', () => {
  it("are each other's reverse for any tree, dots and backslashes in keys included", () => {
    const key = fc.string({ unit: fc.constantFrom('a', 'b', '.', '\\', '0'), minLength: 1, maxLength: 4 });
    const tree = fc.letrec<{ value: unknown }>((tie) => ({
      value: fc.oneof(
        { depthSize: 'small' },
        fc.integer(),
        fc.array(fc.integer(), { maxLength: 2 }),
        fc.dictionary(key, tie('value'), { minKeys: 1, maxKeys: 3 }),
      ),
    })).value;
    fc.assert(
      fc.property(fc.dictionary(key, tree, { maxKeys: 4 }), (sample) => {
        const whole = JSON.parse(JSON.stringify(sample)) as Record<string, JsonValue>;
        const built = {};
        expect(fill(built, flatten(whole))).toEqual([]);
        expect(built).toEqual(whole);
      }),
    );
  });

  it('fill what is absent, list item by list item, and report what had to give way', () => {
    const tree = { a: 1, list: [{ x: 1 }], words: ['p'] };
    expect(fill(tree, { a: 2, b: 3, list: [{ x: 1, y: 2 }, { z: 3 }], words: ['q'] })).toEqual(['a', 'words']);
    expect(tree).toEqual({ a: 1, b: 3, list: [{ x: 1, y: 2 }, { z: 3 }], words: ['p'] });
  });

  it('copy, so that a written file shares nothing with the config', () => {
    const config = { list: [{ a: 1 }] };
    const tree: Record<string, JsonValue> = {};
    fill(tree, config);
    put(tree, 'list.0.a', 2);
    expect(config).toEqual({ list: [{ a: 1 }] });
  });

  it('never reach a prototype', () => {
    expect(fill({}, { '__proto__.polluted': 1, 'a.constructor.b': 1 })).toEqual(['__proto__.polluted', 'a.constructor.b']);
    fill({}, { a: JSON.parse('{"__proto__": {"polluted": 1}}') as JsonValue });
    expect(({} as Record<string, unknown>)['polluted']).toBeUndefined();
  });
});

it('dotted opens what is nested below a name, and leaves names with dots as they are', () => {
  expect(dotted({ 'a.b': 1, c: { d: { e: 2 }, f: [] }, g: {} })).toEqual({ 'a.b': 1, 'c.d.e': 2, 'c.f': [], g: {} });
});
