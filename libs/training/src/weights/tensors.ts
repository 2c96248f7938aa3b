import type { TensorEntry } from './header.js';

/** What the shapes and names of the tensors tell about an adapter, whatever its metadata says. */
export interface TensorFacts {
  tensorCount: number;
  /** Trained numbers in the file. */
  parameterCount: number;
  /** The most frequent rank of linear and of 3x3 convolution layers; `undefined` if the names are unknown. */
  rank: number | undefined;
  convRank: number | undefined;
  /** Whether layers differ in rank. */
  mixedRanks: boolean;
  dtype: string | undefined;
  networkType: 'loha' | 'lokr' | 'oft' | undefined;
  usesDora: boolean;
  /** How the tensors are named: `lora_unet_…` (sd-scripts), `base_model.model.…` (PEFT), `transformer.….lora_A` (diffusers). */
  naming: 'sd-scripts' | 'peft' | 'diffusers' | undefined;
}

/** Names of the factor whose first dimension is the rank. */
const DOWN = /\.(?:lora_down|lora_A(?:\.[\w-]+)?|lora\.down|hada_w1_b|hada_w2_b|lokr_w2_b)(?:\.weight)?$/;

export function tensorFacts(tensors: readonly TensorEntry[]): TensorFacts {
  const linear: number[] = [];
  const convolution: number[] = [];
  for (const { name, shape } of tensors) {
    const [rank] = shape;
    if (rank === undefined || rank < 1 || shape.length < 2 || !DOWN.test(name)) continue;
    (shape.slice(2).some((side) => side > 1) ? convolution : linear).push(rank);
  }
  const rank = mostFrequent(linear) ?? mostFrequent(convolution);
  return {
    tensorCount: tensors.length,
    parameterCount: tensors.reduce((sum, { shape }) => sum + shape.reduce((product, side) => product * side, 1), 0),
    rank,
    convRank: linear.length > 0 ? mostFrequent(convolution) : undefined,
    mixedRanks: new Set(linear).size > 1,
    dtype: mostFrequent(tensors.map(({ dtype }) => dtype)),
    networkType: networkType(tensors),
    usesDora: tensors.some(({ name }) => /\.(?:dora_scale|lora_magnitude_vector(?:\.[\w.-]+)?)$/.test(name)),
    naming: naming(tensors),
  };
}

function networkType(tensors: readonly TensorEntry[]): TensorFacts['networkType'] {
  if (tensors.some(({ name }) => name.includes('.hada_w1'))) return 'loha';
  if (tensors.some(({ name }) => name.includes('.lokr_w'))) return 'lokr';
  return tensors.some(({ name }) => /\.oft_(?:blocks|diag|R)\b/.test(name)) ? 'oft' : undefined;
}

function naming(tensors: readonly TensorEntry[]): TensorFacts['naming'] {
  if (tensors.some(({ name }) => /^lora_(?:unet|te\d?|prior)_/.test(name))) return 'sd-scripts';
  if (tensors.some(({ name }) => name.startsWith('base_model.model.'))) return 'peft';
  return tensors.some(({ name }) => /^(?:transformer|unet|text_encoder(?:_\d)?|diffusion_model)\..*\.lora[._]/.test(name))
    ? 'diffusers'
    : undefined;
}

function mostFrequent<T>(values: readonly T[]): T | undefined {
  const counts = new Map<T, number>();
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
  return [...counts].reduce<[T, number] | undefined>((best, entry) => (best && best[1] >= entry[1] ? best : entry), undefined)?.[0];
}
