import { fingerprint, type FailureReason, type JsonObject, type TaskStatus } from '@lora-ledger/training';
import type { Random } from '../random.js';
import type { People } from './people.js';

export interface SeededTask {
  id: bigint;
  taskId: string;
  ownerId: string;
  name: string;
  tags: string[];
  trainer: string;
  modelName: string;
  rank: number;
  alpha: number;
  learningRate: number;
  batchSize: number;
  epochs: number;
  seed: number;
  dataDir: string;
  extra: JsonObject;
  fingerprint: string;
  familyId: string;
  attempt: number;
  clonedFrom: string | null;
  status: TaskStatus;
  failureReason: FailureReason | null;
  error: string | null;
  /** Milliseconds since 1970. */
  createdAt: number;
  startedAt: number | null;
  endedAt: number | null;
  host: string | null;
  deletedAt: number | null;
}

const MODELS = [
  'sd15',
  'sdxl-base-1.0',
  'flux1-dev',
  'v1-5-pruned-emaonly',
  'llama-3.1-8b',
  'qwen2.5-7b',
  'anything-v5',
  'pony-v6',
  'sd3.5-medium',
  'mistral-7b-v0.3',
  'gemma-2-9b',
  'realistic-vision-5',
];
const TRAINERS = ['sd-scripts', 'demo', 'llama-factory', 'ai-toolkit', 'onetrainer'];
const SUBJECTS = [
  'portrait',
  'watercolour',
  'line art',
  'mecha',
  'harbour',
  'pixel',
  'clay',
  'ink',
  'fashion',
  'architecture',
  'food',
  'cat',
  'sketch',
  'noir',
  'glitch',
  'botanical',
];
const WORDS = ['style', 'v2', 'retry', 'final', 'ablation', 'sweep', 'baseline', 'test', 'client', 'night', 'long', 'quick'];
const RANKS = [16, 32, 8, 64, 4, 128, 24, 48, 96, 256];
const RATES = [1e-4, 5e-5, 2e-4, 1e-5, 3e-4, 5e-4, 8e-5, 1e-3];
const BATCHES = [4, 1, 2, 8, 16, 6];
const OPTIMIZERS = ['AdamW8bit', 'AdamW', 'Prodigy', 'Lion', 'Adafactor', 'DAdaptAdam', 'SGDNesterov'];
const SCHEDULERS = ['cosine', 'constant_with_warmup', 'cosine_with_restarts', 'linear', 'constant'];
const TAGS = ['client-a', 'client-b', 'paper', 'sweep', 'keep', 'broken-data', 'night-run'];
const HOSTS = ['gpu-1', 'gpu-2', 'gpu-3', 'gpu-4', 'lab-a100', 'rented-4090'];
const FAILURES: readonly (readonly [FailureReason, string])[] = [
  [
    'OOM',
    'torch.OutOfMemoryError: CUDA out of memory. Tried to allocate 2.50 GiB. GPU 0 has a total capacity of 23.65 GiB of which 1.12 GiB is free.',
  ],
  ['NAN_LOSS', 'loss became NaN at step'],
  ['TRAINER_EXIT', 'The trainer ended with code 1 and left no output.'],
  ['DATA', 'FileNotFoundError: [Errno 2] No such file or directory: the data folder'],
  ['CONFIG', 'ValueError: unknown optimizer'],
  ['LOST', 'Nothing was heard of this run for 900 seconds: its worker or host has died.'],
];

/**
 * One task as teams make them: few people and models make most of it, high learning rates and ranks fail more often,
 * retries follow failures, clones follow successes.
 *
 * @param before the task made just before, whose family or clone this one may be
 */
export function aTask(random: Random, people: People, id: bigint, createdAt: number, before: SeededTask | undefined): SeededTask {
  const taskId = random.uuid();
  const isRetry = before !== undefined && before.status === 'FAILED' && before.deletedAt === null && random.chance(0.35);
  const isClone = !isRetry && before !== undefined && random.chance(0.12);
  const config = isRetry ? before : aConfig(random, people);
  const ending = endingOf(random, config, createdAt);
  const { failureReason, error, status, startedAt, endedAt } = ending;
  return {
    ...config,
    id,
    taskId,
    createdAt,
    status,
    failureReason,
    error,
    startedAt,
    endedAt,
    fingerprint: fingerprintOf(config),
    familyId: isRetry ? before.familyId : taskId,
    attempt: isRetry ? before.attempt + 1 : 1,
    clonedFrom: isClone ? before.taskId : null,
    host: startedAt === null ? null : random.favourite(HOSTS),
    deletedAt: endedAt !== null && random.chance(0.03) ? endedAt + random.integer(1, 500) * 3_600_000 : null,
  };
}

type Config = Pick<
  SeededTask,
  | 'ownerId'
  | 'name'
  | 'tags'
  | 'trainer'
  | 'modelName'
  | 'rank'
  | 'alpha'
  | 'learningRate'
  | 'batchSize'
  | 'epochs'
  | 'seed'
  | 'dataDir'
  | 'extra'
>;

function aConfig(random: Random, people: People): Config {
  const rank = random.favourite(RANKS);
  const subject = random.favourite(SUBJECTS);
  const modelName = random.favourite(MODELS);
  return {
    ownerId: random.favourite(people.members).id,
    name: `${subject} ${random.favourite(WORDS)} ${modelName} r${rank}`,
    tags: random.chance(0.3) ? [random.favourite(TAGS)] : [],
    trainer: random.favourite(TRAINERS),
    modelName,
    rank,
    alpha: random.chance(0.6) ? rank : rank / 2,
    // A third tries a value of its own instead of a round one.
    learningRate: random.chance(0.33) ? Number((10 ** (-5 + 2 * random.next())).toPrecision(3)) : random.favourite(RATES),
    batchSize: random.favourite(BATCHES),
    epochs: random.favourite([10, 20, 5, 50, 100, 3]),
    seed: random.integer(0, 2 ** 31),
    dataDir: `./data/${subject.replace(' ', '-')}-${random.integer(1, 200)}`,
    extra: {
      optimizer: random.favourite(OPTIMIZERS),
      lr_scheduler: random.favourite(SCHEDULERS),
      resolution: random.favourite([512, 768, 1024]),
      mixed_precision: random.favourite(['bf16', 'fp16', 'no']),
      network_dropout: random.chance(0.2) ? 0.1 : 0,
      min_snr_gamma: random.chance(0.4) ? 5 : 0,
      ...(random.chance(0.15) ? { conv_dim: random.favourite([8, 16, 4]) } : {}),
    },
  };
}

function endingOf(
  random: Random,
  { learningRate, rank }: Config,
  createdAt: number,
): Pick<SeededTask, 'status' | 'failureReason' | 'error' | 'startedAt' | 'endedAt'> {
  const startedAt = createdAt + random.integer(200, 600_000);
  const endedAt = startedAt + Math.round(60_000 * Math.exp(2.5 + 1.1 * random.normal()));
  const risk = 0.12 + (learningRate > 3e-4 ? 0.25 : 0) + (rank >= 128 ? 0.15 : 0);
  if (random.chance(risk)) {
    const [failureReason, error] = random.favourite(FAILURES);
    return { status: 'FAILED', failureReason, error: `${error} ${random.integer(1, 99_999)}`, startedAt, endedAt };
  }
  if (random.chance(0.06))
    return { status: 'CANCELLED', failureReason: null, error: null, startedAt: random.chance(0.5) ? startedAt : null, endedAt };
  return { status: 'SUCCESS', failureReason: null, error: null, startedAt, endedAt };
}

function fingerprintOf(config: Config): string {
  return fingerprint({
    modelName: config.modelName,
    modelPath: null,
    loraRank: config.rank,
    loraAlpha: config.alpha,
    learningRate: config.learningRate,
    batchSize: config.batchSize,
    epochs: config.epochs,
    maxSteps: null,
    seed: config.seed,
    trainDataDir: config.dataDir,
    metadataPath: null,
    outputPath: null,
    incremental: false,
    resumeFrom: null,
    extraParams: config.extra,
  });
}
