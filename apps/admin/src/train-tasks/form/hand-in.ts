import type { CreateTrainTask, SubmittedSource } from '@lora-ledger/contracts';
import { forgetDraft, idempotencyKeyOf, keepDraft, readDraft, type Draft } from './draft-store.js';
import { toRequest } from './form-model.js';
import { sourceKey } from './source-key.js';

/** The create request of a draft, with the text it came from where that still says the same. */
export function requestOf(draft: Draft): CreateTrainTask {
  const source = submittedSource(draft);
  return { ...toRequest(draft.values), ...(source === null ? {} : { source }) } as unknown as CreateTrainTask;
}

/** After changes in the form alone the text is no longer true; whose keys the extra parameters are still is. */
export function submittedSource({ source, values }: Draft): SubmittedSource | null {
  if (source === null) return null;
  const { format, fileName, text, key } = source;
  return key === sourceKey(values) ? { format, fileName, text } : { format, fileName };
}

const underway = new Set<string>();

/** Whether a draft is on its way to the server: whoever comes back to the form meanwhile has done with it. */
export function isUnderway(name: string): boolean {
  return underway.has(name);
}

/**
 * Hands a draft in. It is forgotten as soon as the server has it, also when the page was left meanwhile; a draft that was changed while it
 * was on its way stays, since the task does not have the change.
 * @returns the server's answer, and whether the draft has served
 */
export async function handIn<Answer>(
  name: string,
  draft: Draft,
  request: unknown,
  send: (idempotencyKey: string) => Promise<Answer>,
): Promise<{ answer: Answer; isFinished: boolean }> {
  keepDraft(name, draft);
  underway.add(name);
  const answer = await send(idempotencyKeyOf(name, request)).finally(() => underway.delete(name));
  const now = readDraft(name);
  // The text beside the form may still have been brought into step with it: that is no change of the person's.
  const isFinished = now === undefined || JSON.stringify(now.values) === JSON.stringify(draft.values);
  if (isFinished) forgetDraft(name);
  return { answer, isFinished };
}
