import { useRef, useState } from 'react';
import type { FileFailure } from './config-file-drop.js';
import type { Draft } from './draft-store.js';
import { DRAFTS_MAX } from './draft-tray.js';
import type { FormValues } from './form-model.js';
import { draftFromFile, holdFile, isWeights, OneFileOnly, TooManyDrafts } from './import-config.js';
import { takeFiles } from './pending-files.js';

interface Destination {
  /** What a draft of its own begins with. */
  base: FormValues;
  /** What one file fills; `null` when the form holds a file already. */
  current: FormValues | null;
  /** Drafts that are there; `null` where a form stands alone and takes one file. */
  room: number | null;
  /** Fills the form; answers the name of its draft. */
  fill: (draft: Draft) => string;
  /** Makes drafts; answers their names. */
  add: (drafts: readonly Draft[]) => readonly string[];
}

export interface FileReading {
  isReading: boolean;
  failures: readonly FileFailure[];
  read: (files: readonly File[], to: Destination) => Promise<void>;
  /** Hands on files that came from another page, once. */
  takeWaiting: (receive: (files: readonly File[]) => void) => void;
}

/** Turns files into drafts: one fills the form, several stand beside each other, and what cannot be read is told by name. */
export function useFileReader(): FileReading {
  const [isReading, setReading] = useState(false);
  const [failures, setFailures] = useState<readonly FileFailure[]>([]);
  const latest = useRef(0);

  const read = async (files: readonly File[], { base, current, room, fill, add }: Destination): Promise<void> => {
    if (files.length === 0) return;
    const run = (latest.current += 1);
    const taken = files.slice(0, room === null ? 1 : Math.max(1, DRAFTS_MAX - room));
    const fillsForm = taken.length === 1 && current !== null;
    setReading(true);
    const outcomes = await Promise.allSettled(taken.map((file) => draftFromFile(file, fillsForm ? current : base)));
    if (latest.current === run) setReading(false);
    const good = outcomes.flatMap((outcome, at) => (outcome.status === 'fulfilled' ? [{ draft: outcome.value, file: taken[at] }] : []));
    setFailures([
      ...outcomes.flatMap((outcome, at) =>
        outcome.status === 'rejected' ? [{ fileName: taken[at]?.name ?? '', error: outcome.reason as unknown }] : [],
      ),
      ...files.slice(taken.length).map(({ name }) => ({ fileName: name, error: room === null ? new OneFileOnly() : new TooManyDrafts() })),
    ]);
    const [first] = good;
    if (first === undefined) return;
    const names = fillsForm ? [fill(first.draft)] : add(good.map(({ draft }) => draft));
    for (const [at, { file }] of good.entries()) if (file !== undefined && isWeights(file)) holdFile(names[at] ?? '', file);
  };

  return {
    isReading,
    failures,
    read,
    takeWaiting: (receive) => {
      const waiting = takeFiles();
      if (waiting.length > 0) receive(waiting);
    },
  };
}
