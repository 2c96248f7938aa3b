import { mayDescribe, patchOf, tidy, wordsOf, wordsProblem } from './description-rules.js';

it('lets the owner change the words in every state, in the trash too, but nobody who was only shown the task', () => {
  expect(
    [['clone', 'cancel'], ['clone', 'trash'], ['restore'], ['clone'], []].map((actions) =>
      mayDescribe({ actions } as Parameters<typeof mayDescribe>[0]),
    ),
  ).toEqual([true, true, true, false, false]);
});
it('wants a name of one line that is not empty', () => {
  expect(['', 'harbour', 'a\u0007b', 'x'.repeat(200), 'x'.repeat(201)].map((text) => wordsProblem('name', text)?.rule ?? null)).toEqual([
    'required',
    null,
    'oneLine',
    null,
    'tooLong',
  ]);
});
it('takes any description that is not too long, also none', () => {
  expect(['', 'one\n\ntwo', 'x'.repeat(10_001)].map((text) => wordsProblem('description', text)?.rule ?? null)).toEqual([
    null,
    null,
    'tooLong',
  ]);
});
it('saves no blanks around a text', () => {
  expect(tidy('description', ' \n at dusk\n  ')).toBe('at dusk');
});
it('saves of the tags each one once, without blanks, and of a pasted list each line', () => {
  expect(tidy('tags', ' sea \r\nsky\n\nsea')).toBe('sea\nsky');
});
it('finds the tags as it has saved them, also when the last one is gone', () => {
  for (const tags of [['sea', 'big sky'], []])
    expect(patchOf('tags', wordsOf({ name: 'harbour', description: null, tags }, 'tags'))).toEqual({ tags });
});
it('takes fifty tags of sixty characters, and not more of either', () => {
  const many = (count: number) => Array.from({ length: count }, (_, at) => `${at}`).join('\n');
  expect(
    [many(50), many(51), `sea\n${'x'.repeat(60)}`, 'x'.repeat(61), ''].map((text) => wordsProblem('tags', text)?.rule ?? null),
  ).toEqual([null, 'tooMany', null, 'tagTooLong', null]);
});
