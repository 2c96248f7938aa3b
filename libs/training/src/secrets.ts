/**
 * What counts as a credential, for every place one could slip in: submissions refuse them, logs, events and errors mask them.
 * A key alone does not make a secret: an empty value, a flag (`use_auth_token: true`) or a vocabulary entry (`pad_token`) is none.
 */
const SECRET_KEY = /(?:^|[^a-z])(?:api[_-]?key|access[_-]?key(?:[_-]?id)?|private[_-]?key|secret[_-]?key|password|passwd|passphrase|secret|credentials?|token|bearer)$/;
const VOCABULARY_TOKEN = /(?:^|[_-])(?:pad|eos|bos|unk|mask|sep|cls|image|img|video|audio|class|trigger|placeholder|init|initializer|special|stop|vision|start|end|prompt|text|keep|instance|concept|max|min|num|per|fallback|bad|new|next|fim)[_-]?(?:end[_-]?|start[_-]?)?token$/;

/** Credentials that give themselves away by their shape, whatever key they stand under. */
const SECRET_VALUE = [
  /\bhf_[A-Za-z0-9]{20,}\b/,
  /\bsk-[A-Za-z0-9_-]{20,}\b/,
  /\bgh[pousr]_[A-Za-z0-9]{30,}\b/,
  /\bgithub_pat_[A-Za-z0-9_]{30,}\b/,
  /\bglpat-[A-Za-z0-9_-]{20,}\b/,
  /\bxox[abprs]-[A-Za-z0-9-]{20,}\b/,
  /\bAKIA[A-Z0-9]{16}\b/,
  /\beyJ[A-Za-z0-9_-]{10,}\.eyJ[A-Za-z0-9_-]{10,}\.[A-Za-z0-9_-]{10,}\b/,
  /\bll[apt]_[A-Za-z0-9_-]{20,}\b/,
  /-----BEGIN [A-Z ]*PRIVATE KEY-----/,
];

/** Whether a parameter name announces a credential (`hf_token`, `wandbApiKey`, `PASSWORD`). */
export function isSecretKey(key: string): boolean {
  const snake = key.replace(/([a-z0-9])([A-Z])/g, '$1_$2').toLowerCase();
  return SECRET_KEY.test(snake) && !VOCABULARY_TOKEN.test(snake);
}

/** Whether a text contains something shaped like a known kind of credential. */
export function looksLikeSecret(text: string): boolean {
  return SECRET_VALUE.some((shape) => shape.test(text));
}

/** The dotted paths of all credentials inside a parsed configuration, however deep they stand. */
export function findSecretKeys(value: unknown, path = ''): string[] {
  if (typeof value === 'string') return looksLikeSecret(value) ? [path] : [];
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, child]) => {
    const childPath = path === '' ? key : `${path}.${key}`;
    const carriesText = typeof child === 'number' || (typeof child === 'string' && child.trim() !== '');
    return carriesText && isSecretKey(key) && !Array.isArray(value) ? [childPath] : findSecretKeys(child, childPath);
  });
}

const MASKS: readonly RegExp[] = [
  ...SECRET_VALUE.map((shape) => new RegExp(`()(${shape.source})`, 'g')),
  /(\bauthorization\s*[:=]\s*["']?(?:bearer|basic)\s+)([^\s"',;]+)/gi,
  /(:\/\/[^\s/:@]+:)([^\s/@]+)(?=@)/g,
];
const NAMED_VALUE = /((?<![\w-])["']?([A-Za-z][\w-]{1,60})["']?\s*[=:]\s*["']?)([^\s"',;&}]+)/g;

/**
 * `text` with every credential replaced by asterisks. The result has the same length in UTF-8 bytes,
 * so that byte offsets into a masked log stay those of the original.
 */
export function maskSecrets(text: string): string {
  const masked = MASKS.reduce((all, shape) => all.replace(shape, (_match, before: string, secret: string) => before + asterisks(secret)), text);
  return masked.replace(NAMED_VALUE, (match, before: string, key: string, value: string) => (
    isSecretKey(key) && !/^(?:true|false|null|none|\d{1,6}|\*+)$/i.test(value) ? before + asterisks(value) : match
  ));
}

function asterisks(secret: string): string {
  return '*'.repeat(new TextEncoder().encode(secret).length);
}
