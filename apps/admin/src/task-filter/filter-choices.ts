interface Choices {
  /** Most frequent first. */
  options: readonly string[];
  chosen: readonly string[];
  /** What was typed to find one. */
  text: string;
  labelOf: (value: string) => string;
  /** There are no values but the options. */
  closed: boolean;
}

/** What can be ticked: the options that contain what was typed, what is ticked already, and the typed text itself where other values exist. */
export function choicesFor({ options, chosen, text, labelOf, closed }: Choices): string[] {
  const typed = text.trim();
  const wanted = typed.toLowerCase();
  const found = [...new Set([...chosen, ...options])].filter((value) => labelOf(value).toLowerCase().includes(wanted));
  return closed || typed === '' || found.includes(typed) ? found : [...found, typed];
}

/** Both ends of a range as typed; `undefined` is open. Where they make none, the name of what is wrong. */
export function readRange(minText: string, maxText: string): { min?: number; max?: number } | 'notANumber' | 'wrongWay' {
  const [min, max] = [minText, maxText].map((text) => (text.trim() === '' ? undefined : Number(text)));
  if ([min, max].some((end) => end !== undefined && !Number.isFinite(end))) return 'notANumber';
  return min !== undefined && max !== undefined && min > max ? 'wrongWay' : { min, max };
}
