import fc from 'fast-check';
import { findSecretKeys, isSecretKey, looksLikeSecret, maskSecrets, removeSecrets } from './secrets.js';

const HF = `hf_${'a1B2'.repeat(8)}`;
const JWT = `eyJ${'a'.repeat(20)}.eyJ${'b'.repeat(20)}.${'c'.repeat(20)}`;
const bytes = (text: string): number => new TextEncoder().encode(text).length;

describe('isSecretKey', () => {
  it.each([
    'hf_token',
    'HF_TOKEN',
    'huggingface_token',
    'wandb_api_key',
    'wandbApiKey',
    'apikey',
    'API-KEY',
    'password',
    'db.password',
    'secret',
    'client_secret',
    'aws_secret_access_key',
    'aws_access_key_id',
    'private_key',
    'token',
    'hub_token',
    'Authorization',
    'credentials',
    'logging.wandb_api_key',
  ])('knows %s', (key) => {
    expect(isSecretKey(key)).toBe(true);
  });

  it.each([
    'pad_token',
    'eos_token',
    'special_tokens.pad_token',
    'trigger_token',
    'keep_tokens',
    'max_token_length',
    'tokenizer',
    'max_new_tokens',
    'token_count',
    'secretary',
    'keyboard',
    'api_keyword',
    'image_token',
    'bos_token_id',
    'passes',
    'learning_rate',
  ])('leaves %s alone', (key) => {
    expect(isSecretKey(key)).toBe(false);
  });
});

describe('findSecretKeys', () => {
  it('finds credentials by their key and by their shape, however deep they stand', () => {
    const config = { a: { hf_token: 'abc' }, list: [{ password: 1234567 }, `see ${HF}`], note: JWT, fine: 'text' };
    expect(findSecretKeys(config)).toEqual(['a.hf_token', 'list.0.password', 'list.1', 'note']);
  });

  it('finds them in lists of arguments', () => {
    expect(findSecretKeys({ optimizer_args: ['weight_decay=0.1', 'api_key=abc'], extra: '--hf_token=xyz' })).toEqual([
      'optimizer_args.1',
      'extra',
    ]);
  });

  it.each([
    { hf_token: '' },
    { use_auth_token: true },
    { hf_token: null },
    { prompt: 'a secret: the garden, token: none' },
    { pad_token: '<|end|>' },
  ])('sees none in %j', (config) => {
    expect(findSecretKeys(config)).toEqual([]);
  });
});

describe('removeSecrets', () => {
  it('takes a secret away with its key, masks one inside a longer text, and tells both', () => {
    const tree = { keep: 1, hf_token: 'abcdef', list: ['lr=1', `push ${HF} now`], inner: { password: 12345678, x: true } };
    expect(removeSecrets(tree)).toEqual([
      { path: 'hf_token', value: 'abcdef' },
      { path: 'list.1', value: `push ${HF} now` },
      { path: 'inner.password', value: '12345678' },
    ]);
    expect(tree).toEqual({ keep: 1, list: ['lr=1', `push ${'*'.repeat(HF.length)} now`], inner: { x: true } });
  });
});

describe('maskSecrets', () => {
  it.each([
    [`token ${HF} end`, `token ${'*'.repeat(HF.length)} end`],
    ['WANDB_API_KEY=0123456789abcdef', 'WANDB_API_KEY=****************'],
    ['"hf_token": "abc def",', '"hf_token": "*******",'],
    ["password: 'it is long'", "password: '**********'"],
    ['Authorization: Bearer abc.def-ghi', 'Authorization: Bearer ***********'],
    ['postgres://ledger:s3cret@db/x', 'postgres://ledger:******@db/x'],
    ['train.py --hf_token abcdefg --rank 8', 'train.py --hf_token ******* --rank 8'],
    [`['train.py', '--hf_token', 'abcdefg', '--rank', '8']`, `['train.py', '--hf_token', '*******', '--rank', '8']`],
    ['--push_token --rank 8', '--push_token --rank 8'],
    ['pad_token: <pad>, eos_token=</s>', 'pad_token: <pad>, eos_token=</s>'],
    ['use_token: true, token=None', 'use_token: true, token=None'],
    ['loss=0.12 lr: 1e-4', 'loss=0.12 lr: 1e-4'],
  ])('%s', (text, masked) => {
    expect(maskSecrets(text)).toBe(masked);
  });

  it('hides all of a private key between the lines that call it one', () => {
    const key = '-----BEGIN RSA PRIVATE KEY-----\nMIIabc\n-----END RSA PRIVATE KEY-----';
    expect(maskSecrets(`a\n${key}\nb`)).toBe(`a\n${key.replace('MIIabc', '******')}\nb`);
  });

  it('changes no length in bytes and no line, so that offsets into a log stay true', () => {
    const text = fc
      .array(
        fc.oneof(
          fc.string({ unit: 'grapheme' }),
          fc.constantFrom(HF, JWT, 'hf_token="пароль"\n', 'password: 密码密码 x\n', '-----BEGIN PRIVATE KEY-----\n', '\n', '@', '://a:b@c'),
        ),
        { maxLength: 12 },
      )
      .map((parts) => parts.join(''));
    fc.assert(
      fc.property(text, (sample) => {
        const masked = maskSecrets(sample);
        expect(bytes(masked)).toBe(bytes(sample));
        expect(masked.split('\n').map(bytes)).toEqual(sample.split('\n').map(bytes));
      }),
    );
  });

  it('changes nothing more the second time', () => {
    fc.assert(
      fc.property(
        fc
          .array(fc.constantFrom(HF, 'hf_token=', '"password": "', 'x y', '"', "'", ' ', '\n', 'abcdefgh', '://u:p@h'), { maxLength: 15 })
          .map((parts) => parts.join('')),
        (text) => {
          const once = maskSecrets(text);
          expect(maskSecrets(once)).toBe(once);
        },
      ),
    );
  });

  it.each([
    ['long words', 'a'.repeat(500_000)],
    ['half tokens', '-eyJaaaaaaaaaaaa'.repeat(30_000)],
    ['key after key', 'token'.repeat(100_000)],
    ['open quotes', 'password: "'.repeat(40_000)],
    ['spaces', `token${' '.repeat(500_000)}x`],
    ['addresses', '://a:'.repeat(100_000)],
    ['key headers', '-----BEGIN '.repeat(40_000)],
  ])('stays quick on half a megabyte of %s', (_name, text) => {
    const start = performance.now();
    maskSecrets(text);
    expect(performance.now() - start).toBeLessThan(2000);
  });
});

it('knows a secret by its shape alone', () => {
  expect([HF, JWT, `ghp_${'x'.repeat(36)}`, 'AKIAABCDEFGHIJKLMNOP', `glpat-${'y'.repeat(20)}`].every(looksLikeSecret)).toBe(true);
  expect(looksLikeSecret('black-forest-labs/FLUX.1-dev')).toBe(false);
});
