import type { PatchTrainTask, TrainTaskSummary } from '@lora-ledger/contracts';

/** What is said about a task and can be changed at any time. */
export type WordField = 'name' | 'description' | 'tags';

/** As the API has them, in characters; of tags, each one. */
export const WORDS_MAX: Record<WordField, number> = { name: 200, description: 10_000, tags: 60 };
export const TAGS_MAX = 50;

/** Why a text cannot be saved. */
export type WordsProblem = 'required' | 'tooLong' | 'oneLine' | 'tagTooLong' | 'tooMany';

/** Whether the person may change what is said about a task: who was only shown it is offered nothing but a clone. */
export function mayDescribe({ actions }: Pick<TrainTaskSummary, 'actions'>): boolean {
  return actions.some((action) => action !== 'clone');
}

/** Tags as a text that is edited, compared and kept like the others: one on a line. */
export function tagsOf(text: string): string[] {
  return text === '' ? [] : text.split('\n');
}

/** What stands in a field, as a text. */
export function wordsOf(task: Pick<TrainTaskSummary, WordField>, field: WordField): string {
  return field === 'tags' ? task.tags.join('\n') : (task[field] ?? '');
}

/** What is sent to make a tidied text stand in a field. */
export function patchOf(field: WordField, text: string): PatchTrainTask {
  return field === 'tags' ? { tags: tagsOf(text) } : { [field]: text === '' ? null : text };
}

/** The text as it is saved: a description of blanks only is none, and of equal tags there is one. */
export function tidy(field: WordField, text: string): string {
  if (field !== 'tags') return text.trim();
  const tags = tagsOf(text).map((tag) => tag.trim());
  return [...new Set(tags)].filter((tag) => tag !== '').join('\n');
}

/** What keeps a tidied text from being saved, or `null`. */
export function wordsProblem(field: WordField, text: string): WordsProblem | null {
  if (field === 'tags') {
    const tags = tagsOf(text);
    if (tags.length > TAGS_MAX) return 'tooMany';
    return tags.some((tag) => tag.length > WORDS_MAX.tags) ? 'tagTooLong' : null;
  }
  if (text.length > WORDS_MAX[field]) return 'tooLong';
  if (field === 'description') return null;
  if (text === '') return 'required';
  return /\p{Cc}/u.test(text) ? 'oneLine' : null;
}
