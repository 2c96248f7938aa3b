import { rewritten } from '../../test/support/kept.js';
import { parseConfig, serialiseConfig } from './registry.js';

const DATASET = `[general]
shuffle_caption = true
caption_extension = ".txt"
[[datasets]]
resolution = [768, 512]
batch_size = 4
keep_tokens = 2
  [[datasets.subsets]]
  image_dir = 'D:\\art\\ink'
  metadata_file = 'D:\\art\\ink.json'
  num_repeats = 10
  class_tokens = "ink"
  [[datasets.subsets]]
  is_reg = true
  image_dir = "D:/reg"
[[datasets]]
resolution = 512
  [[datasets.subsets]]
  image_dir = "D:/more"
`;

describe('the dataset file of sd-scripts', () => {
  it('takes the dataset file for the folder where there is one, since the trainer ignores the folder then', () => {
    const text = 'train_data_dir = "/ignored"\ndataset_config = "/data/set.toml"\n';
    const { draft, warnings } = parseConfig(text, { format: 'sd-scripts' });
    expect(draft.trainDataDir).toBe('/data/set.toml');
    expect(warnings).toContainEqual(expect.objectContaining({ code: 'DATA_ELSEWHERE' }));
    expect(rewritten(text, 'toml', 'sd-scripts').after).toMatchObject({ train_data_dir: '/ignored', dataset_config: '/data/set.toml' });
    expect(serialiseConfig({ ...draft, trainDataDir: '/other' }, 'sd-scripts').text).toContain('train_data_dir = "/other"');
  });

  it('gives the data of a draft and says that the rest is missing', () => {
    const { draft, format, warnings } = parseConfig(DATASET);
    expect(format).toBe('sd-scripts');
    expect(draft).toMatchObject({
      trainDataDir: 'D:\\art\\ink',
      metadataPath: 'D:\\art\\ink.json',
      batchSize: 4,
      extraParams: { resolution: '768x512', num_repeats: 10, caption_extension: '.txt' },
    });
    expect(warnings.map(({ code }) => code)).toContain('PARTLY_READ');
  });

  it('is written back whole, as the file of its own that it is', () => {
    const { draft } = parseConfig(DATASET);
    const { text, fileName, warnings } = serialiseConfig(draft, 'sd-scripts', { part: 'dataset' });
    expect(parseConfig(text).draft).toEqual(draft);
    expect(fileName).toBe('dataset.toml');
    expect(warnings).toEqual([]);
  });

  it('stays out of the main configuration, which says so', () => {
    const { text, warnings } = serialiseConfig(parseConfig(DATASET).draft, 'sd-scripts');
    expect(text).not.toContain('datasets');
    expect(warnings).toContainEqual(expect.objectContaining({ code: 'DATA_ELSEWHERE' }));
  });
});
