import type { LoraConfig } from './lora-config.js';

/** Characters a name may have. */
const NAME_MAX = 200;

/** What a task is called to which nobody gives a name: `sdxl-base-1.0 r16`. */
export function defaultName({ modelName, loraRank }: Pick<LoraConfig, 'modelName' | 'loraRank'>): string {
  return `${modelName} r${loraRank}`.slice(0, NAME_MAX);
}
