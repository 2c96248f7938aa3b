import type { ChangedTask } from './changed-tasks.js';
import { Telling } from './telling.js';

let written = 0;
const task = (id: string, owner: string, ...readers: string[]): ChangedTask => ({
  id,
  owner,
  readers: new Set(readers),
  json: (mayChange) => {
    written += 1;
    return `{"${id}":${mayChange}}`;
  },
});

describe('a telling', () => {
  const changes = { whole: [task('a', '1'), task('b', '2', '0')], progress: [task('c', '1'), task('d', '1', '3')] };
  const telling = new Telling(['admins', '1', '2', '3', '4', '5'], changes, 'x-9');

  it('gives each audience what it may hear, progress in one event, and says at the end how far it goes', () => {
    expect(telling.bytesFor('1')?.toString()).toBe(
      'event: task\ndata: {"a":true}\n\nevent: task\ndata: {"b":false}\n\nid: x-9\nevent: progress\ndata: [{"c":true},{"d":true}]\n\n',
    );
    expect(telling.bytesFor('2')?.toString()).toBe('id: x-9\nevent: task\ndata: {"b":true}\n\n');
    expect(telling.bytesFor('3')?.toString()).toBe('event: task\ndata: {"b":false}\n\nid: x-9\nevent: progress\ndata: [{"d":false}]\n\n');
  });

  it('is made once for audiences that hear the same', () => {
    const bytes = telling.bytesFor('4');
    const before = written;
    expect(telling.bytesFor('5')).toBe(bytes);
    expect(written).toBe(before);
  });

  it('is nothing for whom it does not concern', () => {
    expect(new Telling(['1', '2'], { whole: [task('a', '1')], progress: [] }, 'x-1').bytesFor('2')).toBeNull();
  });
});
