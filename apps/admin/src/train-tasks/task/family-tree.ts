import type { FamilyMember } from '@lora-ledger/contracts';

/** A task with what came of it, in the order it was made. */
export interface FamilyBranch {
  member: FamilyMember;
  children: FamilyBranch[];
}

/** Members as trees; usually one. @param items parents before their children */
export function toTrees(items: readonly FamilyMember[]): FamilyBranch[] {
  const branches = new Map<string, FamilyBranch>();
  const roots: FamilyBranch[] = [];
  for (const member of items) {
    const branch: FamilyBranch = { member, children: [] };
    branches.set(member.taskId, branch);
    (member.parent === null ? roots : (branches.get(member.parent)?.children ?? roots)).push(branch);
  }
  return roots;
}
