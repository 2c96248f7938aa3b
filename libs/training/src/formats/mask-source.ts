import { ConfigFormatError } from '../config-format-error.js';
import { maskSecrets, removeSecrets, type RemovedSecret } from '../secrets.js';
import { checkText, guessSyntaxes, parseText } from '../syntax/text.js';

/** Shorter values are no secrets worth the name, and would be found all over the file. */
const MIN_SECRET_LENGTH = 4;

/**
 * The raw text of a config file with every credential replaced by bullets, to be stored beside the draft: all that
 * `parseConfig` takes out is unreadable here too. Bullets, because asterisks would make a YAML file unreadable for its parser.
 * Never throws; a text that is no config file is masked by the shape of its words alone.
 */
export function maskSource(text: string): string {
  const masked = secretsOf(text)
    .flatMap(({ value }) => value.split(/\r?\n/))
    .map((line) => line.trim())
    .filter((line) => line.length >= MIN_SECRET_LENGTH)
    .sort((a, b) => b.length - a.length)
    .reduce((rest, secret) => spellings(secret).reduce((all, spelling) => all.replaceAll(spelling, '•'.repeat(secret.length)), rest), text);
  return maskSecrets(masked, '•');
}

function secretsOf(text: string): RemovedSecret[] {
  for (const syntax of guessSyntaxes(text)) {
    try {
      return removeSecrets(parseText(checkText(text), syntax).root);
    } catch (error) {
      if (!(error instanceof ConfigFormatError)) throw error;
    }
  }
  return [];
}

/** The value as it stands in a quoted text, with quotes and backslashes escaped, or as it is. */
function spellings(secret: string): string[] {
  return [...new Set([secret, JSON.stringify(secret).slice(1, -1), secret.replaceAll("'", "''")])];
}
