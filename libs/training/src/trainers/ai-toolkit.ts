import { parseProgressBar } from './progress-bar.js';
import type { ReadLine } from './reader.js';

/** ai-toolkit: one bar named after the job, with `lr: 1.0e-04 loss: 3.512e-01` behind it. Bars without a loss count something else. */
export function readAiToolkit(): ReadLine {
  return (line, run) => {
    const bar = parseProgressBar(line);
    if (bar?.name === undefined || bar.values['loss'] === undefined) return;
    run.position = { ...run.position, currentStep: bar.done, totalSteps: bar.total };
    run.add(bar.done, bar.values);
  };
}
