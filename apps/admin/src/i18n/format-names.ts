/** Names of file formats that are the same in every language. */
export const FORMAT_NAMES = {
  ledger: 'LoRA Ledger',
  'lora-scripts': 'lora-scripts',
  'sd-scripts': 'sd-scripts',
  kohya: 'kohya_ss',
  'ai-toolkit': 'ai-toolkit',
  onetrainer: 'OneTrainer',
  'llama-factory': 'LLaMA-Factory',
  axolotl: 'axolotl',
  peft: 'PEFT',
} as const;
