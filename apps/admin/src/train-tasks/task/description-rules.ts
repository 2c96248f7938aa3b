import type { PatchTrainTask, TrainTaskSummary } from '@lora-ledger/contracts';
import { descriptionComplaint, nameComplaint, tagsComplaint, type WordsComplaint } from '@lora-ledger/contracts/task-words';

/** What is said about a task and can be changed at any time. */
export type WordField = 'name' | 'description' | 'tags';

/** Why a text cannot be saved. */
export type WordsProblem = WordsComplaint | { rule: 'required'; limit?: undefined };

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
  if (field === 'tags') return tagsComplaint(tagsOf(text));
  if (field === 'description') return descriptionComplaint(text);
  return text === '' ? { rule: 'required' } : nameComplaint(text);
}
