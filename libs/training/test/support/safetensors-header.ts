/** The entries of a header that stand for tensors. */
export type Tensors = Record<string, { dtype: string; shape: number[]; data_offsets: number[] }>;

/** A tensor of 16-bit numbers. */
export const tensor = (...shape: number[]): Tensors[string] => ({
  dtype: 'F16',
  shape,
  data_offsets: [0, 2 * shape.reduce((a, b) => a * b, 1)],
});

/** The header of a safetensors file without the eight bytes of its length. */
export const header = (metadata: Record<string, unknown> | undefined, tensors: Tensors = {}): Uint8Array =>
  new TextEncoder().encode(JSON.stringify({ ...(metadata ? { __metadata__: metadata } : {}), ...tensors }));
