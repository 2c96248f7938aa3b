import { fillVariables, isSecretKey } from '@lora-ledger/training';

type Environment = Readonly<Record<string, string | undefined>>;

/** Variables that mean something to the Ledger or its database and nothing to a trainer. */
const OURS = /^(?:LEDGER_|DATABASE_URL$|PG[A-Z]+$)/;

/**
 * The environment of a trainer: the worker's own, without its secrets and without anything that looks like a credential; then the
 * profile's, where `${NAME}` hands a variable of the worker on (the way to give a trainer its HF_TOKEN); then the address of the Ledger.
 * @throws ArgvError when a variable that the profile names is not set
 */
export function trainerEnvironment(
  own: Environment,
  profile: Readonly<Record<string, string>>,
  ledger: { url: string; taskId: string; token: string },
): Record<string, string> {
  const inherited = Object.entries(own).flatMap(([name, value]) =>
    value === undefined || OURS.test(name) || isSecretKey(name) ? [] : [[name, value] as const],
  );
  const given = Object.entries(profile).map(([name, text]) => [name, fillVariables(text, own)] as const);
  return {
    ...Object.fromEntries(inherited),
    PYTHONUNBUFFERED: '1',
    ...Object.fromEntries(given),
    LEDGER_URL: ledger.url,
    LEDGER_TASK_ID: ledger.taskId,
    LEDGER_TASK_TOKEN: ledger.token,
    // The worker ships what the trainer prints: the Python client must not send it a second time.
    LEDGER_LOG_CAPTURED: '1',
  };
}

/** The credentials a trainer was given on purpose: what must not appear in its log. */
export function secretsIn(environment: Readonly<Record<string, string>>): string[] {
  return Object.entries(environment).flatMap(([name, value]) => (isSecretKey(name) && value.length >= 8 ? [value] : []));
}
