import fc from 'fast-check';
import {
  checkConfig,
  CONFIG_FORMATS,
  ConfigFormatError,
  fingerprint,
  completeConfig,
  maskSource,
  parseConfig,
  parseSafetensors,
  safetensorsHeaderLength,
  serialiseConfig,
} from '../src/index.js';
import { damagedFile, damagedHeader } from './support/mutate.js';

/** `FUZZ_RUNS=100000 npx jest fuzz` in this folder is the long run; the figures of both are printed. */
const RUNS = Number(process.env['FUZZ_RUNS'] ?? 2000);
const LONGEST_MS = 2000;

interface Figures {
  accepted: number;
  refused: number;
  slowestMs: number;
}

/** Runs `read` on damaged inputs; nothing but ConfigFormatError may come out of it, and nothing may take long. */
function survive<T>(inputs: fc.Arbitrary<T>, read: (input: T) => void): Figures {
  const figures: Figures = { accepted: 0, refused: 0, slowestMs: 0 };
  fc.assert(
    fc.property(inputs, (input) => {
      const start = performance.now();
      try {
        read(input);
        figures.accepted += 1;
      } catch (error) {
        if (!(error instanceof ConfigFormatError)) throw error;
        figures.refused += 1;
      }
      figures.slowestMs = Math.max(figures.slowestMs, performance.now() - start);
    }),
    { numRuns: RUNS, endOnFailure: true },
  );
  expect(figures.slowestMs).toBeLessThan(LONGEST_MS);
  expect(figures.accepted).toBeGreaterThan(0);
  expect(figures.refused).toBeGreaterThan(0);
  return figures;
}

function report(name: string, { accepted, refused, slowestMs }: Figures): void {
  if (process.env['FUZZ_RUNS'] !== undefined)
    process.stdout.write(`${name}: ${accepted} accepted, ${refused} refused, slowest ${slowestMs.toFixed(0)} ms\n`);
}

afterEach(() => {
  expect(Object.getOwnPropertyNames(Object.prototype).sort()).toEqual(UNTOUCHED);
});
const UNTOUCHED = Object.getOwnPropertyNames(Object.prototype).sort();

jest.setTimeout(Math.max(60_000, RUNS * 30));

it('survives damaged files of every format, recognised by their content', () => {
  report(
    'detection',
    survive(damagedFile, (text) => {
      const { draft, format } = parseConfig(text);
      // What was accepted must go on: be checked, be compared, be written.
      checkConfig({ ...draft });
      fingerprint(completeConfig({ modelName: 'm', loraRank: 1, learningRate: 1, batchSize: 1, trainDataDir: 'd', ...draft }));
      for (const target of [format, 'sd-scripts', 'axolotl'] as const) serialiseConfig(draft, target, { source: format });
    }),
  );
});

it('survives damaged files read as any format at all', () => {
  report(
    'forced format',
    survive(fc.tuple(damagedFile, fc.constantFrom(...CONFIG_FORMATS)), ([text, format]) => {
      serialiseConfig(parseConfig(text, { format }).draft, format);
    }),
  );
});

it('masks damaged files without ever throwing, and never leaves a token readable', () => {
  fc.assert(
    fc.property(damagedFile, (text) => {
      const token = `hf_${'Ab1'.repeat(10)}`;
      expect(maskSource(`${text}\n# ${token}`)).not.toContain(token);
    }),
    { numRuns: RUNS / 4 },
  );
});

const HEADER = {
  __metadata__: {
    ss_network_module: 'networks.lora',
    ss_network_dim: '8',
    ss_network_alpha: '4.0',
    ss_network_args: '{"conv_dim": "4"}',
    ss_learning_rate: '1e-05',
    ss_optimizer: 'a.b.AdamW8bit(weight_decay=0.1,betas=(0.9, 0.99))',
    ss_resolution: '(1024, 1024)',
    ss_text_encoder_lr: '[1e-05, 5e-06]',
    ss_clip_skip: 'None',
    ss_num_epochs: '10',
    ss_max_train_steps: '1200',
    ss_num_batches_per_epoch: '120',
    ss_training_started_at: '1764000000.1',
    ss_dataset_dirs: '{"10_demo": {"n_repeats": 10, "img_count": 12}}',
    ss_tag_frequency: '{"10_demo": {"cat": 12}}',
    'modelspec.date': '2026-11-24T16:00:00',
    ot_config: '{"lora_rank": 4}',
    software: '{"name": "ai-toolkit"}',
  },
  'lora_unet_x.lora_down.weight': { dtype: 'F16', shape: [8, 64], data_offsets: [0, 1024] },
};

it('survives damaged headers of weights files', () => {
  report(
    'safetensors',
    survive(damagedHeader(HEADER), (bytes) => {
      parseSafetensors(bytes);
    }),
  );
});

it('gives a header length within the cap, or refuses', () => {
  fc.assert(
    fc.property(fc.uint8Array({ minLength: 0, maxLength: 12 }), fc.integer({ min: 0, max: 200_000_000 }), (bytes, cap) => {
      try {
        expect(safetensorsHeaderLength(bytes, cap)).toBeLessThanOrEqual(Math.min(cap, 100_000_000));
      } catch (error) {
        expect(error).toBeInstanceOf(ConfigFormatError);
      }
    }),
  );
});
