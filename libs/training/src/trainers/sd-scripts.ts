import { parseProgressBar } from './progress-bar.js';
import type { ReadLine } from './reader.js';

const EPOCH = /^epoch (\d+)\/(\d+)$/;

/**
 * sd-scripts and the programs that start it (lora-scripts, kohya_ss): a bar named "steps" whose number is the optimizer step
 * and whose `avr_loss` is the mean of the last epoch's steps; lines "epoch 3/10" in between. All other bars
 * (validation, latent caching, sampling) count something else.
 */
export function readSdScripts(): ReadLine {
  return (line, run) => {
    const [, epoch, epochs] = EPOCH.exec(line) ?? [];
    if (epoch !== undefined) run.position = { ...run.position, currentEpoch: Number(epoch), epochs: Number(epochs) };
    const bar = parseProgressBar(line);
    if (bar?.name !== 'steps') return;
    run.position = { ...run.position, currentStep: bar.done, totalSteps: bar.total };
    run.add(bar.done, bar.values);
  };
}
