import { descriptionComplaint, nameComplaint, noteComplaint, tagsComplaint } from '@lora-ledger/contracts/task-words';
import { checkConfig, CONFIG_FIELDS, type ConfigRule } from '@lora-ledger/training';
import type { BrokenRule, InputRule } from '../../ui/rule-text.js';
import { isBlank, readExtra, toRequest, type FormValues } from './form-model.js';

/** Where in the form a problem is shown: a field, or `extra:<row id>`. */
export type Problems = ReadonlyMap<string, BrokenRule>;

/** All that keeps the form from being handed in. One problem per place: the first is the one to mend first. */
export function findProblems(values: FormValues): Problems {
  const problems = new Map<string, BrokenRule>();
  const note = (place: string, problem: BrokenRule): void => {
    if (!problems.has(place)) problems.set(place, problem);
  };
  for (const [place, complaintOf] of Object.entries(COMPLAINTS)) {
    const complaint = complaintOf(values);
    if (complaint !== null) note(place, complaint);
  }
  const keys = new Map<string, number>();
  for (const row of values.extra.filter((one) => !isBlank(one))) {
    const place = extraPlace(row.id);
    const key = row.key.trim();
    keys.set(key, (keys.get(key) ?? 0) + 1);
    if (key === '') note(place, { rule: 'required' });
    else if ((keys.get(key) ?? 0) > 1) note(place, { rule: 'duplicate' });
    else if (readExtra(row) === undefined) note(place, { rule: row.type === 'json' ? 'badJson' : 'badNumber' });
  }
  for (const { path, rule, limit } of checkConfig(toRequest(values)))
    note(placeOf(path, values), { rule: kindOfRule(path, rule), ...(limit === undefined ? {} : { limit }) });
  return problems;
}

/** Of what is said about the task nothing has to be there, so what is wrong with it is said at once. */
export function isOfWords(place: string): boolean {
  return Object.hasOwn(COMPLAINTS, place);
}

const COMPLAINTS = {
  name: ({ name }: FormValues) => nameComplaint(name.trim()),
  tags: ({ tags }: FormValues) => tagsComplaint(tags),
  description: ({ description }: FormValues) => descriptionComplaint(description.trim()),
  note: ({ note }: FormValues) => noteComplaint(note.trim()),
};

function kindOfRule(path: string, rule: ConfigRule): ConfigRule | InputRule {
  const field = Object.hasOwn(CONFIG_FIELDS, path) ? CONFIG_FIELDS[path as keyof typeof CONFIG_FIELDS] : undefined;
  return rule === 'type' && (field?.kind === 'integer' || field?.kind === 'number') ? 'typeNumber' : rule;
}

export function extraPlace(rowId: string): string {
  return `extra:${rowId}`;
}

/** The place of a path of the API: `extraParams.<key>` is the row with that name. */
export function placeOf(path: string, { extra }: Pick<FormValues, 'extra'>): string {
  const name = /^extraParams\.(.+)$/s.exec(path)?.[1];
  if (name === undefined) return path;
  const row =
    extra.find(({ key }) => name === key.trim()) ?? extra.find(({ key }) => key.trim() !== '' && name.startsWith(`${key.trim()}.`));
  return row === undefined ? 'extraParams' : extraPlace(row.id);
}
