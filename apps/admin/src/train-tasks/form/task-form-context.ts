import type { UseFormReturnType } from '@mantine/form';
import { createContext, useContext } from 'react';
import type { FieldOrigin } from './field-origin.js';
import type { FormValues, TextFieldName } from './form-model.js';

export interface TaskFormState {
  form: UseFormReturnType<FormValues>;
  /** The sentence to show at a place of the form, once it is time to say it. */
  problemAt: (place: string) => string | undefined;
  /** Somebody is done with this place for now: its problems may be said. */
  touch: (place: string) => void;
  /** Where a value that came with a file stands there; `undefined` when it did not, or was changed since. */
  originOf: (name: TextFieldName) => FieldOrigin | undefined;
  /** The form as it would stand for the task that is cloned; `null` when nothing is. */
  original: FormValues | null;
}

export const TaskFormContext = createContext<TaskFormState | null>(null);

export function useTaskForm(): TaskFormState {
  const state = useContext(TaskFormContext);
  if (state === null) throw new Error('useTaskForm outside of a task form');
  return state;
}
