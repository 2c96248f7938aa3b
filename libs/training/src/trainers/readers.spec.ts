import fc from 'fast-check';
import { createReader, type Reading, type RunPlan } from './reader.js';
import { KEPT_STEPS } from './run-record.js';
import type { ReaderName } from './profile.js';

const NO_PLAN: RunPlan = { epochs: null, maxSteps: null };

function readAll(name: Exclude<ReaderName, 'none'>, pieces: readonly string[], plan = NO_PLAN): Reading {
  const reader = createReader(name, plan);
  const readings = [...pieces.map((piece) => reader.feed(piece)), reader.end()];
  return { points: readings.flatMap(({ points }) => points), position: readings[readings.length - 1]!.position };
}

const curve = ({ points }: Reading, key: string): [number, number][] =>
  points.filter((point) => point.key === key).map(({ step, value }) => [step, value]);

const bar = (name: string, done: number, total: number, postfix = ''): string =>
  `\r${name}${Math.floor((100 * done) / total)}%|██▎       | ${done}/${total} [00:01<00:09,  9.95it/s${postfix === '' ? '' : `, ${postfix}`}]`;

describe('sd-scripts bars', () => {
  it('give the last value of every step and the place in the run', () => {
    const output = [
      'running training / 学習開始\nepoch 1/2\n',
      bar('steps: ', 0, 4),
      bar('steps: ', 1, 4),
      bar('steps: ', 1, 4, 'avr_loss=0.5'),
      bar('steps: ', 2, 4, 'avr_loss=0.5'),
      bar('steps: ', 2, 4, 'Average key norm=0.213, Keys Scaled=3, avr_loss=0.4'),
      '\nsaving checkpoint: ./out/a-000001.safetensors\nepoch 2/2\n',
      bar('steps: ', 3, 4, 'avr_loss=0.3'),
      bar('steps: ', 4, 4, 'avr_loss=0.25'),
    ];
    const reading = readAll('sd-scripts', output);
    expect(curve(reading, 'loss')).toEqual([
      [1, 0.5],
      [2, 0.4],
      [3, 0.3],
      [4, 0.25],
    ]);
    expect(curve(reading, 'average_key_norm')).toEqual([[2, 0.213]]);
    expect(reading.position).toEqual({ currentStep: 4, totalSteps: 4, currentEpoch: 2, epochs: 2 });
    expect(reading.points[0]!.epoch).toBe(0.5);
  });

  it('are told from the other bars by their name', () => {
    const reading = readAll('sd-scripts', [
      bar('', 5, 9, 'avr_loss=0.7'),
      bar('validation steps: ', 3, 9, 'val_loss=0.7'),
      bar('epoch validation steps: ', 3, 9, 'val_loss=1'),
    ]);
    expect(reading.points).toEqual([]);
  });

  it('that turn NaN give NaN points', () => {
    const reading = readAll('sd-scripts', [
      bar('steps: ', 1, 9, 'avr_loss=0.7'),
      bar('steps: ', 2, 9, 'avr_loss=nan'),
      bar('steps: ', 3, 9, 'avr_loss=-inf'),
    ]);
    expect(curve(reading, 'loss')).toEqual([
      [1, 0.7],
      [2, Number.NaN],
      [3, -Infinity],
    ]);
  });

  it('are understood in seconds per iteration, with hours, and with a warning glued behind', () => {
    const line =
      '\rsteps:   3%|▎         | 30/1000 [1:00:41<22:30:01,  1.39s/it, avr_loss=9.91e-02]/usr/lib/python3/x.py:7: UserWarning: [beware]\n';
    expect(curve(readAll('sd-scripts', [line]), 'loss')).toEqual([[30, 0.0991]]);
  });

  it('of a very long run are thinned evenly, keeping NaN and the end', () => {
    const reader = createReader('sd-scripts', NO_PLAN);
    const points = Array.from({ length: 100_000 }, (_, step) =>
      reader.feed(bar('steps: ', step + 1, 100_003, `avr_loss=${step === 77_777 ? 'nan' : 1}`)),
    )
      .flatMap((reading) => reading.points)
      .concat(reader.end().points);
    expect(points.length).toBeGreaterThan(KEPT_STEPS / 2);
    expect(points.length).toBeLessThanOrEqual(KEPT_STEPS + 4);
    expect(points.filter(({ value }) => Number.isNaN(value))).toHaveLength(1);
    expect(points[points.length - 1]!.step).toBe(100_000);
  });
});

describe('ai-toolkit bars', () => {
  it('carry the name of the job, the rate and the loss', () => {
    const reading = readAll('ai-toolkit', [
      '#### IMPORTANT RESUMING FROM x\n',
      bar('my_lora: v1: ', 251, 2000, 'lr: 1.0e-04 loss: 3.512e-01'),
      bar('Generating Images: ', 3, 9),
    ]);
    expect(curve(reading, 'loss')).toEqual([[251, 0.3512]]);
    expect(curve(reading, 'lr')).toEqual([[251, 0.0001]]);
    expect(reading.position).toMatchObject({ currentStep: 251, totalSteps: 2000 });
  });
});

describe('OneTrainer bars', () => {
  it('count the steps of the epochs before', () => {
    const step = (done: number, loss: string): string => bar('step: ', done, 10, `loss=${loss}, smooth loss=0.12`);
    const output = [
      bar('epoch: ', 0, 3),
      bar('step: ', 0, 10),
      step(4, '0.5'),
      step(10, '0.4'),
      bar('epoch: ', 1, 3),
      step(10, '0.4'),
      bar('step: ', 0, 10),
      step(6, 'nan'),
    ];
    const reading = readAll('onetrainer', output);
    expect(curve(reading, 'loss')).toEqual([
      [4, 0.5],
      [10, 0.4],
      [16, Number.NaN],
    ]);
    expect(curve(reading, 'smooth_loss')).toHaveLength(3);
    expect(reading.position).toEqual({ currentStep: 16, totalSteps: 30, currentEpoch: 1, epochs: 3 });
    expect(reading.points.map(({ epoch }) => epoch)).toEqual([0.4, 0.4, 1, 1, 1.6, 1.6]);
  });

  it('go on where an earlier run stopped', () => {
    expect(readAll('onetrainer', [bar('epoch: ', 2, 3), bar('step: ', 1, 5, 'loss=1')]).points[0]!.step).toBe(11);
  });
});

describe('dicts of the transformers Trainer', () => {
  it('belong to the step of the training bar, not to that of an evaluation', () => {
    const output = [
      bar('', 0, 48),
      bar('', 8, 48),
      '\r          \r',
      "{'loss': '4.322', 'grad_norm': '0.0417', 'learning_rate': '9.788e-05', 'epoch': '0.625'}\n",
      bar('', 10, 48),
      bar('', 16, 48),
      '\n',
      bar('', 0, 8),
      '\x1b[A\r      \r',
      "{'eval_loss': '4.324', 'eval_runtime': '0.01', 'eval_samples_per_second': '5021', 'epoch': '1'}\n",
      bar('', 16, 48),
      '\n',
      bar('', 8, 8),
      '\x1b[A',
      bar('', 20, 48),
      "\r  \r{'loss': nan, 'learning_rate': 5e-05, 'epoch': 1.25}\n",
    ];
    const reading = readAll('hf', output);
    expect(curve(reading, 'loss')).toEqual([
      [10, 4.322],
      [20, Number.NaN],
    ]);
    expect(curve(reading, 'lr')).toEqual([
      [10, 9.788e-5],
      [20, 5e-5],
    ]);
    expect(curve(reading, 'eval_loss')).toEqual([[16, 4.324]]);
    expect(reading.points.map(({ key }) => key)).not.toContain('eval_runtime');
    expect(reading.position).toMatchObject({ currentStep: 20, totalSteps: 48, currentEpoch: 1.25 });
  });

  it('are placed right when evaluation takes as many steps as training', () => {
    const output = [
      bar('', 0, 8),
      bar('', 4, 8),
      bar('', 0, 8),
      bar('', 6, 8),
      bar('', 8, 8),
      "\r\r{'loss': 2.5, 'epoch': 0.5}\n",
      bar('', 5, 8),
    ];
    expect(curve(readAll('hf', output), 'loss')).toEqual([[5, 2.5]]);
  });

  it('find the training bar after an un-named bar that never came to its end, if the number of steps is known', () => {
    const output = [bar('', 3, 7), bar('', 1, 12), "\r{'loss': 2.5, 'epoch': 0.5}\n", bar('', 2, 12)];
    expect(curve(readAll('hf', output, { epochs: null, maxSteps: 12 }), 'loss')).toEqual([[2, 2.5]]);
  });

  it('are not seen in other dicts', () => {
    expect(readAll('hf', [bar('', 1, 9), "{'bos_token_id': 1}\n{'a': {'loss': 1, 'epoch': 2}}\n", bar('', 2, 9)]).points).toEqual([]);
  });
});

describe('the log file of LLaMA-Factory', () => {
  it('carries steps, totals and full precision', () => {
    const reading = readAll('llama-factory', [
      '{"current_steps": 5, "total_steps": 20, "loss": 1.234567, "lr": 5e-05, "epoch": 0.25, "percentage": 25.0, "elapsed_time": "0:00:01", "remaining_time": "0:00:03", "throughput": 12.5}\n',
      '{"current_steps": 10, "total_steps": 20, "loss": NaN, "lr": 1e-05, "epoch": 0.5}\n{"current_steps": 20, "total_st',
      'eps": 20, "eval_loss": 1.5, "epoch": 1.0}\nnot json\n[1]\n{"current_steps": "5", "loss": 1}\n',
    ]);
    expect(curve(reading, 'loss')).toEqual([
      [5, 1.234567],
      [10, Number.NaN],
    ]);
    expect(curve(reading, 'eval_loss')).toEqual([[20, 1.5]]);
    expect(new Set(reading.points.map(({ key }) => key))).toEqual(new Set(['loss', 'lr', 'eval_loss']));
    expect(reading.position).toMatchObject({ currentStep: 20, totalSteps: 20, currentEpoch: 1 });
  });
});

describe('every reader', () => {
  const names = ['sd-scripts', 'ai-toolkit', 'onetrainer', 'hf', 'llama-factory'] as const;

  it('gives the same points in whatever pieces the output comes', () => {
    const output = [
      'epoch 1/2\n',
      bar('steps: ', 1, 4, 'avr_loss=0.5'),
      bar('steps: ', 2, 4, 'avr_loss=nan'),
      bar('job: ', 7, 9, 'lr: 1e-4 loss: 2'),
      bar('epoch: ', 0, 2),
      bar('step: ', 1, 4, 'loss=3'),
      bar('', 1, 6),
      "\n{'loss': '1.5', 'epoch': '0.5'}\n",
      bar('', 2, 6),
      '\n{"current_steps": 5, "total_steps": 20, "loss": 1.25}\n',
    ].join('');
    fc.assert(
      fc.property(fc.constantFrom(...names), fc.array(fc.nat(output.length), { maxLength: 20 }), (name, cuts) => {
        const places = [0, ...cuts.sort((a, b) => a - b), output.length];
        const pieces = places.slice(1).map((end, index) => output.slice(places[index], end));
        expect(readAll(name, pieces)).toEqual(readAll(name, [output]));
      }),
    );
    expect(names.map((name) => readAll(name, [output]).points.length)).toEqual([2, 4, 1, 1, 1]);
  });

  it('survives any output', () => {
    fc.assert(
      fc.property(fc.constantFrom(...names), fc.array(fc.string({ unit: 'binary' })), (name, pieces) => {
        expect(readAll(name, pieces).points).toEqual([]);
      }),
    );
  });

  it.each(names)('(%s) takes a line without an end in linear time', (name) => {
    const hostile = [
      ' '.repeat(200_000),
      '1%|'.repeat(70_000),
      'a: '.repeat(70_000),
      "{'a': ".repeat(50_000),
      `1%|${'x'.repeat(200_000)}`,
      `1%|a|1/1 [${'0'.repeat(200_000)}`,
    ];
    const begin = performance.now();
    expect(
      readAll(
        name,
        hostile.flatMap((text) => [text, '\n']),
      ).points,
    ).toEqual([]);
    expect(performance.now() - begin).toBeLessThan(2000);
  });
});
