import fc from 'fast-check';

/** Few values of everything, so that tasks, filters and groups of different people collide all the time. */
export const POOLS: Record<string, readonly (string | number)[]> = {
  q: ['style', 'sd15', 'loss', '%', 'r16'],
  name: ['style one', 'style two', 'portrait'],
  user: ['anna', 'bela', 'ada', 'nobody'],
  status: ['PENDING', 'RUNNING', 'SUCCESS', 'FAILED', 'CANCELLED'],
  modelName: ['sd15', 'sdxl', 'flux'],
  trainer: ['demo', 'kohya'],
  tag: ['style', 'portrait'],
  failureReason: ['OOM', 'NAN_LOSS'],
  loraRank: [8, 16, 32],
  learningRate: [1e-5, 1e-4, 1e-3],
  loraAlpha: [8, 16],
  batchSize: [1, 4],
  epochs: [5, 10],
  finalLoss: [0.05, 0.1, 0.4],
  time: ['2025-01-01T00:00:00.000Z', '2025-03-01T00:00:00.000Z', '2025-06-01T00:00:00.000Z', '2030-01-01T00:00:00.000Z'],
  optimizer: ['adamw', 'lion'],
  fingerprint: ['a'.repeat(64), 'b'.repeat(64)],
  by: ['loraRank', 'learningRate', 'modelName', 'trainer', 'user', 'batchSize', 'extra.optimizer', 'model', 'week'],
  metric: ['loss', 'lr'],
  objective: ['finalLoss', 'success', 'time'],
  keys: ['loss'],
  limit: [1, 2, 3, 7, 50],
  scope: ['mine', 'all', 'shared'],
  deleted: ['only'],
  sort: [
    '-createdAt',
    'createdAt',
    'finalLoss',
    '-finalLoss',
    'name',
    '-startTime',
    'loraRank',
    'status',
    '-duration',
    'loraRank,-finalLoss',
    '-finalLoss,status,createdAt',
  ],
  unset: ['epochs', 'gpu', 'host', 'extra.optimizer'],
  column: ['metric.loss.min', 'metric.lr.last', 'extra.optimizer'],
};

interface Parameter {
  name: string;
  in: string;
  schema?: { enum?: unknown[]; type?: string; items?: { enum?: unknown[] } };
}

export interface OpenApi {
  paths: Record<string, Record<string, { parameters?: Parameter[] }>>;
}

/**
 * Query strings for an operation of the running server, made from what its own description says it takes.
 * @param families ids that stand for tasks, own and foreign
 */
export function queriesFor(document: OpenApi, path: string, families: readonly string[]): fc.Arbitrary<string> {
  const parameters = (document.paths[path]?.['get']?.parameters ?? []).filter((one) => one.in === 'query' && one.name !== 'cursor');
  const some = parameters.map((parameter) =>
    fc
      .option(valuesOf(parameter, families), { freq: parameter.name === 'deleted' ? 8 : 3, nil: undefined })
      .map((value) => (value === undefined ? [] : value)),
  );
  const needed = (name: string) =>
    ['ids', 'by', 'q'].includes(name) && path.match(/compare|sparklines|success-rate|convergence|people/) !== null;
  return fc
    .tuple(...some.map((one, index) => (needed(parameters[index]?.name ?? '') ? valuesOf(parameters[index]!, families) : one)))
    .map((groups) => new URLSearchParams(groups.flat()).toString());
}

type Pairs = [string, string][];

function valuesOf({ name, schema }: Parameter, families: readonly string[]): fc.Arbitrary<Pairs> {
  if (name === 'extra') return fc.constantFrom(...(POOLS['optimizer'] ?? [])).map((value): Pairs => [['extra.optimizer', String(value)]]);
  if (name === 'extraMin' || name === 'extraMax')
    return fc.constantFrom('0', '10', '1e3').map((value): Pairs => [[`${name}.warmup`, value]]);
  if (name === 'ids')
    return fc
      .uniqueArray(fc.constantFrom(...families), { minLength: 2, maxLength: 4 })
      .map((ids) => ids.map((id): [string, string] => ['ids', id]));
  const pool = poolOf(name, schema, families);
  return fc.constantFrom(...pool).map((value): Pairs => [[name, String(value)]]);
}

function poolOf(name: string, schema: Parameter['schema'], families: readonly string[]): readonly unknown[] {
  if (name === 'family' || name === 'present') return families;
  if (/From$|To$|^from$|^to$/.test(name) && schema?.type === 'string') return POOLS['time'] ?? [];
  // A choice of few words is answered only for these; the pool has words for questions that take any.
  if (name === 'by' && schema?.enum !== undefined) return schema.enum;
  const field = name.replace(/(Min|Max)$/, '');
  return (
    POOLS[name] ??
    POOLS[field] ??
    schema?.enum ??
    schema?.items?.enum ??
    (schema?.type === 'boolean' ? ['true', 'false'] : ['1', '10', '100'])
  );
}
