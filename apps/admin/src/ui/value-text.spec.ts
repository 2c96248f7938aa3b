import i18next from 'i18next';
import { zh } from '../i18n/zh.js';
import { formatValue } from './format.js';
import { valueText } from './value-text.js';

beforeAll(() => i18next.init({ lng: 'zh', resources: { zh: { translation: zh } } }));

it('is the same for a value on every page: yes and no in words, nothing as a dash, texts as they are', () => {
  const text = (value: Parameters<typeof valueText>[2]): string => valueText(i18next.t, { value: (one) => formatValue(one, 'zh') }, value);
  expect([true, false, null, 'lion', 0.0001, ['a', 'b'], [1, 2], { a: true }].map(text)).toEqual([
    '是',
    '否',
    '—',
    'lion',
    '1e-4',
    'a, b',
    '[1,2]',
    '{"a":true}',
  ]);
});
