import type { NextRecommendation } from '@lora-ledger/contracts';

/** Parameters that are the same in all of several suggestions and that none of them changes: said once, they need not be read on every card. */
export function inAll(next: readonly Pick<NextRecommendation, 'params' | 'changes' | 'against'>[]): string[] {
  const [first, ...others] = next;
  if (first === undefined || others.length === 0) return [];
  const changed = new Set(next.flatMap(({ changes, against }) => [...changes, ...against].map(({ parameter }) => parameter)));
  return Object.keys(first.params).filter(
    (name) => !changed.has(name) && others.every(({ params }) => params[name] === first.params[name]),
  );
}
