import { useFormat } from './use-format.js';
import { useNow } from './use-now.js';

/** A moment: short in the text, whole when pointed at. */
export function Time({ at, relative = false }: { at: string | null; relative?: boolean }) {
  const format = useFormat();
  const now = useNow(relative);
  if (at === null) return <>{format.time(at)}</>;
  return (
    <time dateTime={at} title={format.fullTime(at)}>
      {relative ? format.relative(at, now) : format.time(at)}
    </time>
  );
}
