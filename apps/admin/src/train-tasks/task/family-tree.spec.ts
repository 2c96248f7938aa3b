import type { FamilyMember } from '@lora-ledger/contracts';
import { toTrees, type FamilyBranch } from './family-tree.js';

const member = (taskId: string, parent: string | null) => ({ taskId, parent }) as FamilyMember;
const outline = (branches: FamilyBranch[]): unknown[] =>
  branches.map(({ member: { taskId }, children }) => (children.length === 0 ? taskId : [taskId, ...outline(children)]));

it('a family is a tree of tasks under those they came from', () => {
  expect(outline(toTrees([member('a', null), member('b', 'a'), member('c', 'a'), member('d', 'b')]))).toEqual([['a', ['b', 'd'], 'c']]);
});

it('who has lost their parent stands for themselves', () => {
  expect(outline(toTrees([member('a', null), member('b', 'gone')]))).toEqual(['a', 'b']);
});
