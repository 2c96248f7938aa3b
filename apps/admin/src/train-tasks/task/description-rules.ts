import type { TrainTaskSummary } from '@lora-ledger/contracts';

/** What is said about a task and can be changed at any time. */
export type WordField = 'name' | 'description';

/** As the API has them, in characters. */
export const WORDS_MAX: Record<WordField, number> = { name: 200, description: 10_000 };

/** Why a text cannot be saved. */
export type WordsProblem = 'required' | 'tooLong' | 'oneLine';

/** Whether the person may change what is said about a task: who was only shown it is offered nothing but a clone. */
export function mayDescribe({ actions }: Pick<TrainTaskSummary, 'actions'>): boolean {
  return actions.some((action) => action !== 'clone');
}

/** The text as it is saved: a description of blanks only is none. */
export function tidy(text: string): string {
  return text.trim();
}

/** What keeps a tidied text from being saved, or `null`. */
export function wordsProblem(field: WordField, text: string): WordsProblem | null {
  if (text.length > WORDS_MAX[field]) return 'tooLong';
  if (field === 'description') return null;
  if (text === '') return 'required';
  return /\p{Cc}/u.test(text) ? 'oneLine' : null;
}
