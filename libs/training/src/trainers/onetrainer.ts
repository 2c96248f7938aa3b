import { parseProgressBar, type ProgressBar } from './progress-bar.js';
import type { ReadLine } from './reader.js';

/**
 * OneTrainer: a bar "epoch" around a bar "step" that begins anew in every epoch. The step of the run is
 * the steps of the epochs before + the step of this one.
 */
export function readOneTrainer(): ReadLine {
  let finishedEpochs = 0;
  // The epoch that the step bar on screen belongs to. It changes when that bar begins anew, not when the outer bar moves:
  // a late redraw of a full step bar would otherwise be counted into the next epoch.
  let epoch: number | undefined;
  let last: ProgressBar | undefined;
  return (line, run) => {
    const bar = parseProgressBar(line);
    if (bar?.name === 'epoch') {
      finishedEpochs = bar.done;
      run.position = { ...run.position, epochs: bar.total, currentEpoch: bar.done };
    }
    if (bar?.name !== 'step' || bar.total === 0) return;
    const beginsAnew = last !== undefined && bar.done < last.done;
    if (epoch === undefined) epoch = finishedEpochs;
    else if (beginsAnew) epoch = Math.max(finishedEpochs, epoch + 1);
    last = bar;
    const step = epoch * bar.total + bar.done;
    const { epochs } = run.position;
    run.position = { ...run.position, currentStep: step, ...(epochs == null ? {} : { totalSteps: epochs * bar.total }) };
    run.add(step, bar.values, epoch + bar.done / bar.total);
  };
}
