import { classifyFailure } from './failure-reason.js';

describe('the reason of a failure', () => {
  it.each([
    ['torch.OutOfMemoryError: CUDA out of memory. Tried to allocate 2.00 GiB', 'OOM'],
    ['RuntimeError: CUDA error: out of memory', 'OOM'],
    ['RuntimeError: CUDA error: CUBLAS_STATUS_ALLOC_FAILED when calling `cublasCreate(handle)`', 'OOM'],
    ["RuntimeError: [enforce fail at alloc_cpu.cpp:114] DefaultCPUAllocator: can't allocate memory", 'OOM'],
    ['# OOM during training step, skipping batch 3/3 #', 'OOM'],
    ['slurmstepd: error: Detected 1 oom_kill event in StepId=17', 'OOM'],
    ['MemoryError', 'OOM'],
    ['Training loss became NaN. This may be due to invalid parameters.', 'NAN_LOSS'],
    ['steps:  12%|█▏  | 192/1600 [02:14<16:24,  1.43it/s, avr_loss=nan]', 'NAN_LOSS'],
    ["{'loss': 'nan', 'grad_norm': 'nan', 'learning_rate': '1e-04', 'epoch': '0.5'}", 'NAN_LOSS'],
    ["{'loss': nan, 'epoch': 0.5}", 'NAN_LOSS'],
    ['loss is inf at step 7', 'NAN_LOSS'],
    ['the loss diverged at step 12', 'NAN_LOSS'],
    ['ValueError: no images found in /data/style', 'DATA'],
    ['FileNotFoundError: train_data_dir /data/x: No such file or directory', 'DATA'],
    ['No data found. Please verify arguments (train_data_dir must be the parent of folders with images)', 'DATA'],
    ['PIL.UnidentifiedImageError: cannot identify image file', 'DATA'],
    ['OSError: image file is truncated (3 bytes not processed)', 'DATA'],
    ['train_network.py: error: unrecognized arguments: --rnak 4', 'CONFIG'],
    ["error: argument --network_dim: invalid int value: 'x'", 'CONFIG'],
    ['pydantic_core._pydantic_core.ValidationError: 2 validation errors for AxolotlInputConfig', 'CONFIG'],
    ['RuntimeError: Error(s) in loading state_dict: size mismatch for lora_down.weight', 'CONFIG'],
  ])('is read from %j', (text, reason) => {
    expect(classifyFailure(text)).toBe(reason);
  });

  it.each([
    '',
    'Killed',
    'Segmentation fault (core dumped)',
    'KeyboardInterrupt',
    'subprocess.CalledProcessError: Command returned non-zero exit status 1.',
    'the loss is information',
    'room 12, bloom filter, zoom',
    'steps: 12%| | 1/9 [00:01<00:09, 1it/s, avr_loss=0.1]',
    "{'loss': '0.5', 'grad_norm': '0.1'}",
  ])('is not guessed from %j', (text) => {
    expect(classifyFailure(text)).toBeUndefined();
  });

  it('is the memory, also where the loss had become NaN before', () => {
    expect(classifyFailure('avr_loss=nan\nCUDA out of memory')).toBe('OOM');
  });

  it('is found in linear time in a long text', () => {
    const begin = performance.now();
    for (const piece of ['dataset ', 'loss ', 'train_data_dir ', 'data folder', 'no such ', 'invalid '])
      classifyFailure(piece.repeat(10_000));
    expect(performance.now() - begin).toBeLessThan(5000);
  });
});
