import fc from 'fast-check';
import { maskSource } from './mask-source.js';
import { parseConfig } from './registry.js';

describe('maskSource', () => {
  it.each([
    ['yaml', 'base_model: m\nlora_rank: 8\nhf_token: my secret words\nname: x\n', 'my secret words'],
    ['yaml block', 'base_model: m\nlora_rank: 8\npassword: |\n  first line\n  second line\n', 'second line'],
    ['toml', 'network_dim = 8\npretrained_model_name_or_path = "m"\nwandb_api_key = \'quo"ted\'\n', 'quo"ted'],
    ['json', '{"peft_type": "LORA", "r": 8, "api_key": "esc\\"aped\\\\value"}', 'esc\\"aped\\\\value'],
    ['nothing that can be parsed', 'hf_token = hf_abcdefghijklmnopqrstuvwx }{', 'hf_abcdefghijklmnopqrstuvwx'],
  ])('hides a credential in %s', (_name, text, secret) => {
    expect(text).toContain(secret);
    expect(maskSource(text)).not.toContain(secret);
  });

  it('leaves a file without credentials as it is, to the byte', () => {
    const text = '\uFEFF# note: token\nbase_model: m\r\nlora_rank:   8 # eight\n';
    expect(maskSource(text)).toBe(text);
  });

  it('leaves a file that can still be read, with the same parameters', () => {
    fc.assert(
      fc.property(fc.stringMatching(/^[A-Za-z0-9+/_-]{8,40}$/), (secret) => {
        const text = `base_model: m\nlora_rank: 8\nhf_token: x${secret}\ntrain_data_dir: "d"\n`;
        expect(parseConfig(maskSource(text)).draft).toEqual(parseConfig(text).draft);
      }),
    );
  });
});
