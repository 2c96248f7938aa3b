import { searchWords } from './search-words.js';

describe('the words that find similar errors', () => {
  it('are those that do not vary, the most telling ones', () => {
    expect(searchWords('torch.OutOfMemoryError: CUDA out of memory. Tried to allocate <n> GiB at <path>')).toBe(
      'torch.OutOfMemoryError: allocate memory. Tried CUDA out GiB',
    );
  });
  it('are as many as the list looks for', () => {
    expect(searchWords(Array.from({ length: 30 }, (_one, index) => `word${index}`).join(' ')).split(' ')).toHaveLength(10);
  });
  it('are none where everything varies', () => {
    expect(searchWords('<n> <path>')).toBe('');
  });
});
