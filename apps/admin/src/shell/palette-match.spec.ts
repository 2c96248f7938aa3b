import { matching } from './palette-match.js';

const commands = [
  { id: 'trash', label: 'Trash' },
  { id: 'dark', label: 'Colours: dark', words: 'theme' },
  { id: 'views', label: 'Bad runs', hint: 'by lin' },
  { id: 'tasks', label: '任务', words: 'tasks' },
];
const found = (text: string) => matching(text, commands).map(({ id }) => id);

it('offers everything before anything is typed', () => {
  expect(found('  ')).toEqual(['trash', 'dark', 'views', 'tasks']);
});
it('finds by any word, upper and lower case alike, and by words that are not shown', () => {
  expect([found('DARK'), found('theme dark'), found('lin'), found('tasks'), found('任')]).toEqual([
    ['dark'],
    ['dark'],
    ['views'],
    ['tasks'],
    ['tasks'],
  ]);
});
it('puts first what begins with the text', () => {
  expect(found('tras')).toEqual(['trash']);
  expect(found('ra')).toEqual(['trash']);
  expect(found('b')).toEqual(['views']);
});
it('finds nothing for words that stand nowhere', () => {
  expect(found('dark zebra')).toEqual([]);
});
