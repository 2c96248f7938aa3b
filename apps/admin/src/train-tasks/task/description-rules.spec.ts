import { mayDescribe, tidy, wordsProblem } from './description-rules.js';

it('lets the owner change the words in every state, in the trash too, but nobody who was only shown the task', () => {
  expect(
    [['clone', 'cancel'], ['clone', 'trash'], ['restore'], ['clone'], []].map((actions) =>
      mayDescribe({ actions } as Parameters<typeof mayDescribe>[0]),
    ),
  ).toEqual([true, true, true, false, false]);
});
it('wants a name of one line that is not empty', () => {
  expect(['', 'harbour', 'a\u0007b', 'x'.repeat(200), 'x'.repeat(201)].map((text) => wordsProblem('name', text))).toEqual([
    'required',
    null,
    'oneLine',
    null,
    'tooLong',
  ]);
});
it('takes any description that is not too long, also none', () => {
  expect(['', 'one\n\ntwo', 'x'.repeat(10_001)].map((text) => wordsProblem('description', text))).toEqual([null, null, 'tooLong']);
});
it('saves no blanks around a text', () => {
  expect(tidy(' \n at dusk\n  ')).toBe('at dusk');
});
