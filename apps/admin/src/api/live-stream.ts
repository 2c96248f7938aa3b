import { useEffect, useRef, useSyncExternalStore } from 'react';
import { TaskStream, type StreamListener } from './task-stream.js';

let stream: TaskStream | undefined;

function theStream(): TaskStream {
  if (stream !== undefined) return stream;
  const made = new TaskStream(() => new EventSource('/api/stream'));
  made.setVisible(document.visibilityState === 'visible');
  document.addEventListener('visibilitychange', () => made.setVisible(document.visibilityState === 'visible'));
  stream = made;
  return made;
}

/** Hears of every change of a task the person may see, for as long as the component is there. */
export function useTaskStream(listener: StreamListener): void {
  const latest = useRef(listener);
  useEffect(() => {
    latest.current = listener;
  });
  useEffect(
    () =>
      theStream().listen({
        tasks: (changed) => latest.current.tasks(changed),
        progress: (changed) => latest.current.progress(changed),
        reset: () => latest.current.reset(),
      }),
    [],
  );
}

/** Whether changes arrive by themselves; while not, whoever shows tasks has to ask for them. */
export function useStreamUp(): boolean {
  return useSyncExternalStore(theStream().watch, () => theStream().isUp);
}
