import fc from 'fast-check';
import { ACROSS, maskAcross } from './secrets-across.js';
import { maskSecrets } from './secrets.js';

/** What a log holds after its pieces came one by one, each masked by itself and at the border to what was there. */
function received(pieces: readonly string[]): string {
  let log = Buffer.alloc(0);
  for (const piece of pieces) {
    const next = Buffer.from(maskSecrets(piece));
    const tail = log.subarray(-ACROSS);
    maskAcross(tail, next);
    log = Buffer.concat([log, next]);
  }
  return log.toString();
}

const KEY_LINES = Array.from(
  { length: 10 },
  (_, index) => `MIIEvQIBADANBgkqhkiG9w0BAQEFAASCBKcwggSjAgEAAoIBAQ${String(index).padStart(14, 'A')}`,
);
const SECRETS = {
  'a token known by its shape': `hf_${'aB1x'.repeat(9)}`,
  'a key of another kind': `sk-${'abc-DEF_'.repeat(8)}`,
  'three parts with dots': `eyJ${'a'.repeat(60)}.eyJ${'b'.repeat(200)}.${'c'.repeat(43)}`,
  'a private key': `-----BEGIN PRIVATE KEY-----\n${KEY_LINES.join('\n')}\n-----END PRIVATE KEY-----`,
};

describe.each(Object.entries(SECRETS))('%s', (_kind, secret) => {
  const log = `epoch 1/10 é\n${secret}\nepoch 2/10\n`;

  it('is masked wherever two pieces of the log meet', () => {
    for (let cut = 1; cut < log.length; cut += 1)
      expect([cut, received([log.slice(0, cut), log.slice(cut)])]).toEqual([cut, maskSecrets(log)]);
  });

  it('is masked in many pieces, of which none shows it', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 1, max: 90 }), { minLength: 1, maxLength: 40 }), (lengths) => {
        let at = 0;
        const pieces = lengths.map((length) => log.slice(at, (at += length)));
        const shown = received([...pieces, log.slice(at)]);
        expect(Buffer.byteLength(shown)).toBe(Buffer.byteLength(log));
        // Whatever stands between the first and the last line of the log is hidden; those stay.
        expect(shown.slice(0, 13)).toBe('epoch 1/10 é\n');
        expect(shown.slice(-11)).toBe('epoch 2/10\n');
        const hidden = maskSecrets(secret);
        for (let from = 0; from + 12 <= secret.length; from += 1)
          if (hidden.slice(from, from + 12) === '*'.repeat(12)) expect(shown).not.toContain(secret.slice(from, from + 12));
      }),
      { numRuns: 30 },
    );
  });
});

it('is masked under a name that says so, and in an address', () => {
  const log = 'loading wandb_api_key=abcdefgh from https://user:geheim@host/x\n';
  for (let cut = 1; cut < log.length; cut += 1)
    expect([cut, received([log.slice(0, cut), log.slice(cut)])]).toEqual([cut, maskSecrets(log)]);
});

it('leaves everything else as it is, wherever it is cut', () => {
  const log =
    '******** start ********\nsteps:  12%|█▏        | 192/1600 [02:14<16:24,  1.43it/s, avr_loss=0.123]\r**********************\nsaving checkpoint: ./out/a.safetensors\n';
  for (let cut = 1; cut < log.length; cut += 1) {
    const shown = received([log.slice(0, cut), log.slice(cut)]);
    expect(shown).toBe(log);
  }
});

it('says whether what was there has changed', () => {
  const [tail, next] = [Buffer.from('token hf_aaaaaa'), Buffer.from('aaaaaaaaaaaaaaaaaaaaaaaa\n')];
  expect(maskAcross(tail, next)).toBe(true);
  expect(maskAcross(tail, next)).toBe(false);
});
