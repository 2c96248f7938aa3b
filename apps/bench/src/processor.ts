import { readdirSync, readFileSync } from 'node:fs';

/**
 * Processor time as Linux tells it, in milliseconds (it counts hundredths of a second). Unlike the time on the clock it stays the same
 * when the machine does other work too, so it is what runs are compared by. Elsewhere than on Linux there is none.
 */
export function processTime(pid: number | undefined): number | null {
  const fields = statOf(pid);
  return fields === null ? null : fields.own * 10;
}

/**
 * Of a PostgreSQL server: its own, its former sessions' (which it has waited for) and its present ones'. Read until none has ended
 * meanwhile, since its time would have been counted twice or not at all.
 */
export function serverTime(postmaster: number): number | null {
  for (;;) {
    const server = statOf(postmaster);
    if (server === null) return null;
    const sessions = readdirSync('/proc')
      .filter((name) => /^\d+$/.test(name))
      .flatMap((name) => {
        const fields = statOf(Number(name));
        return fields?.parent === postmaster ? fields.own : [];
      });
    if (statOf(postmaster)?.waitedFor === server.waitedFor)
      return (server.own + server.waitedFor + sessions.reduce((sum, time) => sum + time, 0)) * 10;
  }
}

/** Of `/proc/<pid>/stat`, behind the name: the parent is the 2nd field, user and system time the 12th and 13th, those of ended children the next two. */
function statOf(pid: number | undefined): { parent: number; own: number; waitedFor: number } | null {
  try {
    const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]?.split(' ') ?? [];
    return { parent: Number(fields[1]), own: Number(fields[11]) + Number(fields[12]), waitedFor: Number(fields[13]) + Number(fields[14]) };
  } catch {
    return null;
  }
}
