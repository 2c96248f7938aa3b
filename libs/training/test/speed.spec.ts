import { CONFIG_FORMATS, parseConfig, parseSafetensors, safetensorsHeaderLength, type ConfigFormat } from '../src/index.js';

/** The promise is 20 ms of processor time; the code that tests run, translated to CommonJS, takes twice
 * as long as the built one, and slow and shared machines get five times as much before the test fails. SPEED=1 prints the figures. */
const PROMISE_MS = 20;
const SLACK = 5;

const lines = (line: (index: number) => string): string => {
  const parts: string[] = [];
  for (let index = 0, length = 0; length < 200_000; index += 1) {
    parts.push(line(index));
    length += (parts.at(-1) ?? '').length + 1;
  }
  return parts.join('\n');
};
const value = (index: number): string => ['0.0001', '"some text"', 'true', '[1, 2, 3]'][index % 4] ?? '';

const flatJson = (line: (index: number) => string): string => `{${lines((index) => `${line(index)},`)}"z": 1}`;

const FILES: Readonly<Record<ConfigFormat, string>> = {
  ledger: `{"modelName": "m", "extraParams": ${flatJson((index) => `"parameter_${index}": ${value(index)}`)}}`,
  'lora-scripts': lines((index) => `parameter_${index}: ${value(index)}`),
  'sd-scripts': lines((index) => `parameter_${index} = ${value(index)}`),
  kohya: flatJson((index) => `"parameter_${index}": ${value(index)}`),
  'ai-toolkit': `config:\n  process:\n    - datasets:\n${lines((index) => `        - folder_path: /data/${index}\n          num_repeats: ${index}\n          resolution: [512, 768]`)}`,
  onetrainer: `{"training_method": "LORA", "concepts": [${lines((index) => `{"path": "/data/${index}", "balancing": ${index}},`)}{}]}`,
  'llama-factory': lines((index) => `parameter_${index}: ${value(index)}`),
  axolotl: `datasets:\n${lines((index) => `  - path: /data/${index}\n    type: alpaca`)}`,
  peft: flatJson((index) => `"rank_pattern_${index}": ${value(index)}`),
};

/** Processor time, because other work on the machine must not fail the test. */
function medianMs(work: () => void): number {
  for (let run = 0; run < 10; run += 1) work();
  const times = Array.from({ length: 21 }, () => {
    const start = process.cpuUsage();
    work();
    const { user, system } = process.cpuUsage(start);
    return (user + system) / 1000;
  });
  return times.sort((a, b) => a - b)[10]!;
}

it.each(CONFIG_FORMATS)('parses 200 kB of %s within its promise', (format) => {
  const text = FILES[format];
  const median = medianMs(() => parseConfig(text, { format }));
  if (process.env['SPEED'] !== undefined) process.stdout.write(`${format}: ${text.length} characters in ${median.toFixed(1)} ms\n`);
  expect(median).toBeLessThan(PROMISE_MS * SLACK);
});

it('reads the header of a 100 MB weights file without its tensors', () => {
  const tensors = Object.fromEntries(Array.from({ length: 800 }, (_, index) => [`lora_unet_block_${index}.lora_down.weight`, { dtype: 'F16', shape: [32, 2048], data_offsets: [index * 131_072, (index + 1) * 131_072] }]));
  const header = new TextEncoder().encode(JSON.stringify({ __metadata__: { ss_network_dim: '32', ss_network_module: 'networks.lora' }, ...tensors }));
  const first8 = new Uint8Array(8);
  new DataView(first8.buffer).setBigUint64(0, BigInt(header.length), true);
  let draft: unknown;
  const median = medianMs(() => {
    expect(safetensorsHeaderLength(first8)).toBe(header.length);
    draft = parseSafetensors(header).draft;
  });
  if (process.env['SPEED'] !== undefined) process.stdout.write(`safetensors header of ${header.length} bytes (800 tensors, 105 MB): ${median.toFixed(1)} ms\n`);
  expect(draft).toMatchObject({ loraRank: 32 });
  expect(median).toBeLessThan(PROMISE_MS * SLACK);
});
