import type { CreateTrainTask, SubmittedSource } from '@lora-ledger/contracts';
import { useRef } from 'react';
import { randomId } from '../../ui/random-id.js';
import type { Draft } from './draft-store.js';
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

/**
 * Keys for requests. The same content from the same draft again is the same submission, perhaps after a lost answer or a double
 * click; other content is another one.
 */
export function useIdempotencyKey(): (draftName: string, request: unknown) => string {
  const keys = useRef(new Map<string, string>());
  return (draftName, request) => {
    const content = `${draftName} ${JSON.stringify(request)}`;
    const key = keys.current.get(content) ?? randomId();
    keys.current.set(content, key);
    return key;
  };
}
