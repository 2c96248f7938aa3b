import { SHARED_PARAMS } from '../shared-params.js';
import { boolean, number } from '../values.js';
import type { Row } from './format.js';
import { row, words } from './rows.js';

/** The names Hugging Face's trainer gives to optimizers, where they differ from the plain name. */
export function optimizerRow(key: string): Row {
  return words('optimizer', key, {
    adamw: 'adamw_torch',
    adamw8bit: 'adamw_8bit',
    pagedadamw8bit: 'paged_adamw_8bit',
    pagedadamw: 'paged_adamw_32bit',
    lion: 'lion_32bit',
    lion8bit: 'lion_8bit',
  });
}

/** Steps win over epochs where both are given. `epochsKey` may be a fraction, `max_steps` -1 means none. */
export function durationRow(epochsKey: string): Row {
  return {
    keys: [epochsKey, 'max_steps'],
    means: ['epochs', 'maxSteps'],
    read: (found) => {
      const maxSteps = number(found['max_steps']);
      if (maxSteps !== undefined && maxSteps > 0) return { maxSteps };
      const epochs = number(found[epochsKey]);
      return { epochs: epochs !== undefined && epochs > 0 ? epochs : undefined };
    },
    write: ({ epochs, maxSteps }) => (maxSteps === undefined ? { [epochsKey]: epochs } : { max_steps: maxSteps }),
  };
}

/** Steps win over the ratio; recent versions read `warmup_steps` below 1 as a ratio. */
export const WARMUP: Row = {
  keys: ['warmup_steps', 'warmup_ratio'],
  means: ['warmup_steps', 'warmup_ratio'],
  read: (found) => {
    const steps = number(found['warmup_steps']);
    if (steps) return steps < 1 ? { warmup_ratio: steps } : { warmup_steps: steps };
    const ratio = number(found['warmup_ratio']);
    return ratio ? { warmup_ratio: ratio } : { warmup_steps: steps ?? ratio };
  },
  write: ({ warmup_steps: steps, warmup_ratio: ratio }) => (steps === undefined ? { warmup_ratio: ratio } : { warmup_steps: steps }),
};

/** Two switches for one choice; `bf16` may also be `auto` (whatever the GPU can do). */
export const PRECISION: Row = {
  keys: ['bf16', 'fp16'],
  means: ['mixed_precision'],
  read: ({ bf16, fp16 }) => {
    if (bf16 === 'auto') return { mixed_precision: 'auto' };
    if (boolean(bf16) === true || bf16 === 'full') return { mixed_precision: 'bf16' };
    if (boolean(fp16) === true) return { mixed_precision: 'fp16' };
    return { mixed_precision: boolean(bf16) === false || boolean(fp16) === false ? 'no' : undefined };
  },
  write: ({ mixed_precision: precision }) => {
    switch (precision) {
      case 'auto':
        return { bf16: 'auto' };
      case 'bf16':
        return { bf16: true };
      case 'fp16':
        return { fp16: true };
      case 'no':
        return { bf16: false };
      default:
        return {};
    }
  },
};

/** One tracker as text; several as a list or with commas. */
export const REPORT_TO: Row = row('log_with', 'report_to', (value) => {
  const joined = Array.isArray(value) && value.every((item) => typeof item === 'string') ? value.join(',') : value;
  return joined === undefined || joined === null ? undefined : SHARED_PARAMS.log_with(joined);
});
