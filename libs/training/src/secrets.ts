import type { JsonValue } from './json.js';

/**
 * What counts as a credential, for every place one could slip in: submissions refuse them, imported files lose them,
 * logs, events and errors mask them.
 * A key alone does not make a secret: an empty value, a flag (`use_auth_token: true`) or a vocabulary entry (`pad_token`) is none.
 */
/** A cheap question first, because it is asked for every key of a file. */
const MAY_BE_SECRET_KEY = /key|pass|pwd|secret|token|cred|bearer|auth/i;
const SECRET_KEY =
  /(?:^|[^a-z])(?:api[_-]?key|access[_-]?key(?:[_-]?id)?|private[_-]?key|secret[_-]?key|encryption[_-]?key|password|passwd|pwd|passphrase|secret|credentials?|token|bearer|authorization)$/;
const VOCABULARY_TOKEN =
  /(?:^|[^a-z])(?:pad|eos|bos|unk|mask|sep|cls|image|img|video|audio|class|trigger|placeholder|init|initializer|special|stop|vision|start|end|prompt|text|keep|instance|concept|max|min|num|per|fallback|bad|new|next|fim)[_-]?(?:end[_-]?|start[_-]?)?token$/;

/** Its first line stays readable when it is masked: a log comes in pieces, and the next one must know what it is in. */
const PRIVATE_KEY = /(?<=-----BEGIN [A-Z ]{0,40}PRIVATE KEY-----)(?:[^-]|(?<=[A-Za-z])-(?!--))+/;

/**
 * Credentials that give themselves away by their shape, whatever key they stand under.
 * The lengths are bounded where a failed match could be tried again at every character.
 */
const SECRET_VALUE = [
  /\bhf_[A-Za-z0-9]{20,}/,
  /\bsk-[A-Za-z0-9_-]{20,}/,
  /\bgh[pousr]_[A-Za-z0-9]{30,}/,
  /\bgithub_pat_[A-Za-z0-9_]{30,}/,
  /\bglpat-[A-Za-z0-9_-]{20,}/,
  /\bxox[abprs]-[A-Za-z0-9-]{20,}/,
  /\bAKIA[A-Z0-9]{16}/,
  /\beyJ[A-Za-z0-9_-]{10,300}\.eyJ[A-Za-z0-9_-]{10,2000}\.[A-Za-z0-9_-]{10,}/,
  /\bll[apt]_[A-Za-z0-9_-]{20,}/,
  PRIVATE_KEY,
];

/** Whether a parameter name announces a credential (`hf_token`, `wandbApiKey`, `PASSWORD`). */
export function isSecretKey(key: string): boolean {
  if (!MAY_BE_SECRET_KEY.test(key)) return false;
  const snake = key.replace(/([a-z0-9])([A-Z])/g, '$1_$2').toLowerCase();
  return SECRET_KEY.test(snake) && !VOCABULARY_TOKEN.test(snake);
}

/** Whether a text contains something shaped like a known kind of credential. */
export function looksLikeSecret(text: string): boolean {
  return SECRET_VALUE.some((shape) => shape.test(text));
}

/** The dotted paths of all credentials inside a parsed configuration, however deep they stand. */
export function findSecretKeys(value: unknown, path = ''): string[] {
  if (typeof value === 'string') return maskWords(value) === value ? [] : [path];
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, child]: [string, unknown]) => {
    const childPath = path === '' ? key : `${path}.${key}`;
    return carriesText(child) && isSecretKey(key) && !Array.isArray(value) ? [childPath] : findSecretKeys(child, childPath);
  });
}

export interface RemovedSecret {
  /** Dotted path of the key. */
  path: string;
  /** What stood there. */
  value: string;
}

/**
 * Takes every credential out of a parsed file, in place: what stands under a secret's name goes with its key,
 * a secret inside a longer text is masked there.
 */
export function removeSecrets(tree: Record<string, JsonValue> | JsonValue[], prefix = ''): RemovedSecret[] {
  const removed: RemovedSecret[] = [];
  const container = tree as Record<string, JsonValue>;
  for (const key of Object.keys(container)) {
    const child = container[key];
    if (typeof child === 'object' && child !== null) {
      removed.push(...removeSecrets(child as Record<string, JsonValue>, prefix === '' ? key : `${prefix}.${key}`));
      continue;
    }
    const named = carriesText(child) && !Array.isArray(tree) && isSecretKey(key);
    const masked = typeof child === 'string' ? maskWords(child) : child;
    if (!named && masked === child) continue;
    if (named || masked === undefined) delete container[key];
    else container[key] = masked;
    removed.push({ path: prefix === '' ? key : `${prefix}.${key}`, value: String(child) });
  }
  return removed;
}

function carriesText(value: unknown): boolean {
  return typeof value === 'number' || (typeof value === 'string' && value.trim() !== '');
}

const MASKS: readonly RegExp[] = [
  ...SECRET_VALUE.map((shape) => new RegExp(`()(${shape.source})`, 'g')),
  /(\bauthorization\s*[:=]\s*["']?(?:bearer|basic)\s+)([^\s"',;]+)/gi,
  /(:\/\/[^\s/:@]{0,200}:)([^\s/@]{1,1000})(?=@)/g,
];
const VALUE = String.raw`("(?:[^"\\\n]|\\.)*"|'[^'\n]*'|[^\s"',;&}]+)`;
const NAMED_VALUE = new RegExp(String.raw`((?<![\w-])-{0,2}["']?([A-Za-z][\w-]{1,60})["']?\s{0,20}[=:]\s{0,20})${VALUE}`, 'g');
const ASSIGNED_VALUE = new RegExp(String.raw`((?<![\w-])-{0,2}([A-Za-z][\w-]{1,60})=)${VALUE}`, 'g');
/** `--name value`, as on a command line, and as Python shows a list of such words. */
const FLAG_VALUE = new RegExp(String.raw`((?<![\w-])--([A-Za-z][\w-]{1,60})["']?,?[ \t]{1,20}(?!-))${VALUE}`, 'g');
/** A cheap question first, because it is asked for every value of a file. */
const MAY_HOLD_SECRET = /[=@]|[\w-]{20}|-----BEGIN|authorization/i;
/** Values that are no secret under any name, and masks, so that masking twice changes nothing. */
const HARMLESS = /^["']?(?:true|false|null|none|bearer|basic|\d{1,6}|[*•]+)?["']?$/i;

/**
 * `text` with every credential replaced by asterisks. The result has the same length in UTF-8 bytes and the same lines,
 * so that byte offsets into a masked log stay those of the original (with another `sign`: the same length in characters).
 */
export function maskSecrets(text: string, sign: '*' | '•' = '*'): string {
  return maskNamed(maskNamed(maskShapes(text, sign), NAMED_VALUE, sign), FLAG_VALUE, sign);
}

/** Masks one parsed value: known shapes, and `name=value` words as in a list of arguments. Prose such as "secret: a garden" stays. */
function maskWords(text: string): string {
  return MAY_HOLD_SECRET.test(text) ? maskNamed(maskShapes(text, '*'), ASSIGNED_VALUE, '*') : text;
}

function maskShapes(text: string, sign: string): string {
  return MASKS.reduce((all, shape) => all.replace(shape, (_match, before: string, secret: string) => before + hidden(secret, sign)), text);
}

function maskNamed(text: string, pattern: RegExp, sign: string): string {
  return text.replace(pattern, (match, before: string, key: string, value: string) => {
    if (!isSecretKey(key) || HARMLESS.test(value)) return match;
    const quote = /^["']/.exec(value)?.[0] ?? '';
    return before + quote + hidden(value.slice(quote.length, value.length - quote.length), sign) + quote;
  });
}

function hidden(secret: string, sign: string): string {
  const length = (line: string): number => (sign === '*' ? new TextEncoder().encode(line).length : line.length);
  return secret
    .split('\n')
    .map((line) => sign.repeat(length(line)))
    .join('\n');
}
