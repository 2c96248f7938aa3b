import type { CreateTrainTask, TrainerDto, TrainTaskDetail } from '@lora-ledger/contracts';
import { defaultName } from '@lora-ledger/training';
import { withOverrides, type CloneSearch } from './clone-search.js';
import { findChanges, toOverrides } from './draft-diff.js';
import { toRequest, toValues, type FormValues } from './form-model.js';

/**
 * The form as it would stand for the task that is cloned. A name that was made from model and rank is left out: with another rank
 * it would be wrong, and its clone gets one of its own.
 */
export function originalValues(task: TrainTaskDetail): FormValues {
  return unnamed(toValues({ ...task, note: undefined }), task);
}

/** What the form begins with: the original with what a link changes, for a trainer that is there. */
export function startValues(task: TrainTaskDetail, search: CloneSearch, trainers: readonly Pick<TrainerDto, 'name'>[]): FormValues {
  const values = unnamed(toValues(withOverrides({ ...task, note: undefined }, search)), task);
  const [first] = trainers;
  return first === undefined || trainers.some(({ name }) => name === values.trainer) ? values : { ...values, trainer: first.name };
}

/** The overrides of a clone request; a name left empty is made anew, not taken from the original. */
export function cloneOverrides(original: FormValues, values: FormValues): Partial<CreateTrainTask> {
  return { ...toOverrides(findChanges(toRequest(original), toRequest(values))), ...(values.name.trim() === '' ? { name: null } : {}) };
}

function unnamed(values: FormValues, task: TrainTaskDetail): FormValues {
  return values.name === defaultName(task) ? { ...values, name: '' } : values;
}
