import { header } from '../test/support/safetensors-header.js';
import { ConfigFormatError } from './config-format-error.js';
import { parseSafetensors, safetensorsHeaderLength, SAFETENSORS_MAX_HEADER } from './safetensors.js';

const length = (value: bigint): Uint8Array => {
  const bytes = new Uint8Array(8);
  new DataView(bytes.buffer).setBigUint64(0, value, true);
  return bytes;
};

describe('safetensorsHeaderLength', () => {
  it('reads eight bytes, little-endian, wherever they stand in their buffer', () => {
    expect(safetensorsHeaderLength(length(3128n))).toBe(3128);
    expect(safetensorsHeaderLength(new Uint8Array([9, 9, ...length(504n)]).subarray(2))).toBe(504);
  });

  it.each([
    [length(17_000_000n), undefined, 'TOO_LARGE'],
    [length(1001n), 1000, 'TOO_LARGE'],
    [length(BigInt(SAFETENSORS_MAX_HEADER) + 1n), Number.MAX_SAFE_INTEGER, 'INVALID'],
    [length(2n ** 64n - 1n), undefined, 'INVALID'],
    [length(0n), undefined, 'INVALID'],
    [new Uint8Array(7), undefined, 'INVALID'],
    [new TextEncoder().encode('PK\u0003\u0004zip!'), undefined, 'INVALID'],
  ])('refuses before anything more is read', (bytes, cap, code) => {
    expect(() => safetensorsHeaderLength(bytes, cap)).toThrow(expect.objectContaining({ code }) as ConfigFormatError);
  });

  it("goes up to the format's own limit if it is told to", () => {
    expect(safetensorsHeaderLength(length(BigInt(SAFETENSORS_MAX_HEADER)), SAFETENSORS_MAX_HEADER)).toBe(SAFETENSORS_MAX_HEADER);
  });
});

describe('a header that is none', () => {
  it.each([
    '',
    '[]',
    'x{}',
    '{"a"',
    '{"t": 1}',
    '{"t": {"dtype": "F16", "shape": [-1], "data_offsets": [0, 1]}}',
    '{"t": {"dtype": "F16", "shape": [1], "data_offsets": [2, 1]}}',
    '{"__metadata__": []}',
  ])('%j is refused', (text) => {
    expect(() => parseSafetensors(new TextEncoder().encode(text))).toThrow(
      expect.objectContaining({ code: 'INVALID' }) as ConfigFormatError,
    );
  });

  it('is refused if it is no UTF-8', () => {
    expect(() => parseSafetensors(new Uint8Array([0x7b, 0xff, 0x7d]))).toThrow(ConfigFormatError);
  });
});

describe('metadata from anybody', () => {
  it('leaves out thumbnails, credentials and values that are no text', () => {
    const { metadata } = parseSafetensors(
      header({
        'modelspec.thumbnail': 'data:image/png;base64,AAAA',
        wandb_api_key: '0123456789abcdef',
        odd: 5,
        kept: 'yes',
        __proto__x: 'a',
      }),
    );
    expect(metadata).toEqual({ kept: 'yes', __proto__x: 'a' });
  });

  it('replaces what no database can hold, however it was escaped', () => {
    const metadata = {
      ss_network_module: 'networks.lora',
      ss_output_name: 'a\0b',
      ss_training_comment: '\ud83d',
      ss_tag_frequency: '{"10_x": {"bad \\u0000 tag": 1, "\\ud83d\\ude00": 2}}',
    };
    const { draft, result } = parseSafetensors(header(metadata));
    expect(draft).toMatchObject({ name: 'a\ufffdb', description: '\ufffd' });
    expect(result.tagFrequency).toEqual({ '10_x': { 'bad \ufffd tag': 1, '\u{1f600}': 2 } });
  });

  it('survives metadata keys that reach for a prototype', () => {
    const bytes = new TextEncoder().encode(
      '{"__metadata__": {"__proto__": "x", "constructor": "y", "ss_network_module": "networks.lora", "ss___proto__": "1", "ss_tag_frequency": "{\\"__proto__\\": {\\"polluted\\": 1}}"}}',
    );
    expect(parseSafetensors(bytes).source).toBe('sd-scripts');
    expect(({} as Record<string, unknown>)['polluted']).toBeUndefined();
  });
});
