import { CONFIG_FORMATS, parseConfig, parseSafetensors, safetensorsHeaderLength, type ConfigFormat } from '../src/index.js';

/** Machines differ too much for a bound in milliseconds; time that grows faster than the text shows on all. SPEED=1 prints the figures: the promise for 200 kB is 20 ms. */
const SHORT = 50_000;
const LONG = 200_000;
/** Four times the text may take this many times as long: four, and as much again for what the machine does besides. */
const GROWTH_MAX = 8;

type Line = (index: number) => string;

const lines = (size: number, line: Line): string => {
  const parts: string[] = [];
  for (let index = 0, length = 0; length < size; index += 1) {
    parts.push(line(index));
    length += (parts.at(-1) ?? '').length + 1;
  }
  return parts.join('\n');
};
const value = (index: number): string => ['0.0001', '"some text"', 'true', '[1, 2, 3]'][index % 4] ?? '';

const flatJson = (size: number, line: Line): string => `{${lines(size, (index) => `${line(index)},`)}"z": 1}`;

const FILES: Readonly<Record<ConfigFormat, (size: number) => string>> = {
  ledger: (size) => `{"modelName": "m", "extraParams": ${flatJson(size, (index) => `"parameter_${index}": ${value(index)}`)}}`,
  'lora-scripts': (size) => lines(size, (index) => `parameter_${index}: ${value(index)}`),
  'sd-scripts': (size) => lines(size, (index) => `parameter_${index} = ${value(index)}`),
  kohya: (size) => flatJson(size, (index) => `"parameter_${index}": ${value(index)}`),
  'ai-toolkit': (size) =>
    `config:\n  process:\n    - datasets:\n${lines(size, (index) => `        - folder_path: /data/${index}\n          num_repeats: ${index}\n          resolution: [512, 768]`)}`,
  onetrainer: (size) =>
    `{"training_method": "LORA", "concepts": [${lines(size, (index) => `{"path": "/data/${index}", "balancing": ${index}},`)}{}]}`,
  'llama-factory': (size) => lines(size, (index) => `parameter_${index}: ${value(index)}`),
  axolotl: (size) => `datasets:\n${lines(size, (index) => `  - path: /data/${index}\n    type: alpaca`)}`,
  peft: (size) => flatJson(size, (index) => `"rank_pattern_${index}": ${value(index)}`),
};

/** Milliseconds of processor time, in turns, because other work on the machine must not fail the test. */
function mediansMs(...works: (() => void)[]): number[] {
  const times = works.map((): number[] => []);
  for (let turn = 0; turn < 31; turn += 1) {
    works.forEach((work, index) => {
      const start = process.cpuUsage();
      work();
      const { user, system } = process.cpuUsage(start);
      // The first turns only get the code compiled.
      if (turn >= 10) times[index]?.push((user + system) / 1000);
    });
  }
  return times.map((some) => some.sort((a, b) => a - b)[10]!);
}

it.each(CONFIG_FORMATS)('parses %s in a time that grows with the text and not with its square', (format) => {
  const [short, long] = [SHORT, LONG].map(FILES[format]) as [string, string];
  const [little, much] = mediansMs(
    () => parseConfig(short, { format }),
    () => parseConfig(long, { format }),
  ) as [number, number];
  if (process.env['SPEED'] !== undefined) process.stdout.write(`${format}: ${long.length} characters in ${much.toFixed(1)} ms\n`);
  expect(much / little).toBeLessThan(GROWTH_MAX);
});

it('reads the header of a 100 MB weights file without its tensors', () => {
  const tensors = Object.fromEntries(
    Array.from({ length: 800 }, (_, index) => [
      `lora_unet_block_${index}.lora_down.weight`,
      { dtype: 'F16', shape: [32, 2048], data_offsets: [index * 131_072, (index + 1) * 131_072] },
    ]),
  );
  const header = new TextEncoder().encode(
    JSON.stringify({ __metadata__: { ss_network_dim: '32', ss_network_module: 'networks.lora' }, ...tensors }),
  );
  const first8 = new Uint8Array(8);
  new DataView(first8.buffer).setBigUint64(0, BigInt(header.length), true);
  expect(safetensorsHeaderLength(first8)).toBe(header.length);
  expect(parseSafetensors(header).draft).toMatchObject({ loraRank: 32 });
});
