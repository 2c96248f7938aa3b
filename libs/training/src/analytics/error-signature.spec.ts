import fc from 'fast-check';
import { errorSignature } from './error-signature.js';

describe('error signatures', () => {
  it.each([
    [
      'amounts of memory',
      'torch.OutOfMemoryError: CUDA out of memory. Tried to allocate 2.50 GiB. GPU 0 has 23.65 GiB',
      'torch.OutOfMemoryError: CUDA out of memory. Tried to allocate 512.00 MiB. GPU 1 has 79.10 MiB'.replace(/MiB/g, 'GiB'),
    ],
    [
      'paths',
      "FileNotFoundError: [Errno 2] No such file or directory: '/data/ada/cat.png'",
      "FileNotFoundError: [Errno 2] No such file or directory: '/mnt/x/dog 1.png'".replace('dog 1', 'dog'),
    ],
    ['Windows paths', 'OSError: cannot open C:\\models\\sd15.safetensors', 'OSError: cannot open D:\\x\\y.safetensors'],
    [
      'addresses and ids',
      'RuntimeError: object at 0x7f21ab90 of run 4f9b1c2e-0000-4000-8000-00000000abcd',
      'RuntimeError: object at 0x11 of run 00000000-0000-4000-8000-00000000abce',
    ],
    ['times', 'TimeoutError: no answer since 2025-03-01T10:00:00.123Z', 'TimeoutError: no answer since 2026-11-23 21:05:07,5'],
    ['hosts asked', 'ConnectionError: https://example.org/a/b?x=1 refused', 'ConnectionError: http://127.0.0.1:3000/ refused'],
  ])('of the same error with other %s are equal', (_what, one, other) => {
    expect(errorSignature(one)).toBe(errorSignature(other));
    expect(errorSignature(one)).toContain('Error');
  });

  it('take the exception out of a traceback, not the frames or what the launcher says after it', () => {
    const traceback =
      'Traceback (most recent call last):\n  File "/a/train.py", line 12, in <module>\n    main()\nValueError: unknown optimizer "adamm"\nsee the log for more';
    expect(errorSignature(traceback)).toBe('ValueError: unknown optimizer "adamm"');
  });

  it('tell different errors apart', () => {
    expect(errorSignature('ValueError: bad rank')).not.toBe(errorSignature('KeyError: bad rank'));
  });

  it('keep words that only look like numbers inside', () => {
    expect(errorSignature('ValueError: sd15 and adamw8bit do not fit')).toBe('ValueError: sd15 and adamw8bit do not fit');
  });

  it('are short and quick whatever comes', () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 2000 }), (text) => {
        const signature = errorSignature(text);
        expect(signature.length).toBeLessThanOrEqual(300);
      }),
    );
    const started = performance.now();
    errorSignature('a/'.repeat(500_000));
    errorSignature(`${'f0'.repeat(500_000)} Error:`);
    errorSignature('0'.repeat(1_000_000));
    expect(performance.now() - started).toBeLessThan(5000);
  });
});
