import { formatAbout, formatBytes, formatDuration, formatLoss, formatPercent, formatRelative, formatTime, formatValue } from './format.js';

describe('values', () => {
  it.each([
    [0.0001, '1e-4'],
    [0.00025, '2.5e-4'],
    [0.0025, '0.0025'],
    [16, '16'],
    [0, '0'],
    [-0.5, '-0.5'],
    [0.123456, '0.1235'],
    [1234.56, '1,234.6'],
    [1_500_000, '1,500,000'],
    [12_000_000, '1.2e7'],
    ['NaN', 'NaN'],
    [null, '—'],
  ])('reads %p as %p', (value, text) => expect(formatValue(value, 'en')).toBe(text));

  it('keeps the digits of a loss that differ between runs', () => {
    expect(formatLoss(0.08, 'en')).toBe('0.0800');
    expect(formatLoss(3.21987, 'en')).toBe('3.2199');
    expect(formatLoss(0.00001234, 'en')).toBe('1.23e-5');
    expect(formatLoss(1.5839e43, 'en')).toBe('1.58e43');
    expect(formatLoss('NaN', 'en')).toBe('NaN');
  });

  it('calls nothing complete that is not', () => {
    expect(formatPercent(0.999, 'en')).toBe('99%');
    expect(formatPercent(1, 'en')).toBe('100%');
  });
});

describe('durations', () => {
  it.each([
    [0, '0s'],
    [0.04, '0.04s'],
    [0.41, '0.4s'],
    [0.6, '1s'],
    [45.4, '45s'],
    [60, '1m'],
    [3_725, '1h 2m'],
    [3_600, '1h'],
    [90_061, '1d 1h'],
  ])('%p seconds are %p', (seconds, text) => expect(formatDuration(seconds, 'en')).toBe(text));
  it('read in Chinese without spaces', () => expect(formatDuration(3_725, 'zh')).toBe('1小时2分钟'));
  it('that are not known are a dash', () => expect(formatDuration(null, 'en')).toBe('—'));
});

describe('sizes and times', () => {
  it('sizes grow by 1024', () => {
    expect(formatBytes(0, 'en')).toBe('0B');
    expect(formatBytes(1023, 'en')).toBe('1,023B');
    expect(formatBytes(1536, 'en')).toBe('1.5 kB');
    expect(formatBytes(5 * 1024 ** 3, 'en')).toBe('5 GB');
  });
  it('name the year only when it is another one', () => {
    const now = new Date(2025, 5, 1);
    expect(formatTime(new Date(2025, 0, 2, 3, 4).toISOString(), 'en', now)).toBe('Jan 2, 03:04');
    expect(formatTime(new Date(2024, 0, 2, 3, 4).toISOString(), 'en', now)).toBe('Jan 2, 2024, 03:04');
  });
  it('say how long ago in the largest unit', () => {
    expect(formatRelative(-3_700, 'en')).toBe('1 hour ago');
    expect(formatRelative(-20, 'zh')).toBe('20秒钟前');
    expect(formatRelative(-0.2, 'en')).toBe('now');
  });
});

it('says large estimates as one would say them', () => {
  expect([formatAbout(1_200_000, 'en'), formatAbout(34_000, 'en'), formatAbout(1_200_000, 'zh')]).toEqual([
    '1.2 million',
    '34 thousand',
    '120万',
  ]);
});
