import { fromPythonText, pythonCall } from './python-text.js';

it.each([
  ['None', null],
  ['True', true],
  ['False', false],
  ['1', 1],
  ['1e-05', 0.00001],
  ['0.0001', 0.0001],
  ['-3.5', -3.5],
  ['4.0', 4],
  ['(1024, 1024)', [1024, 1024]],
  ['(1024,)', [1024]],
  ['[1e-05, None]', [0.00001, null]],
  ['[]', []],
  ["['a', 'b']", ['a', 'b']],
  ['nan', 'nan'],
  ['inf', 'inf'],
  ['text', 'text'],
  ['', ''],
  ['((1, 2), (3, 4))', '((1, 2), (3, 4))'],
  ['123456789012345678901', '123456789012345678901'],
  ['true', 'true'],
])('%j is %j', (written, value) => {
  expect(fromPythonText(written)).toEqual(value);
});

it.each([
  [
    'a.b.AdamW8bit(weight_decay=0.1,betas=(0.9, 0.99),eps=1e-08)',
    { name: 'a.b.AdamW8bit', args: { weight_decay: '0.1', betas: '(0.9, 0.99)', eps: '1e-08' } },
  ],
  ['Prodigy()', { name: 'Prodigy', args: {} }],
  ['adamw', { name: 'adamw', args: {} }],
  ['not a (call', { name: 'not a (call', args: {} }],
])('takes %j apart', (written, call) => {
  expect(pythonCall(written)).toEqual(call);
});

it('is quick on text that was made to be slow', () => {
  const start = performance.now();
  for (const text of ['a'.repeat(1_000_000), `x(${'a'.repeat(3000)})`, `x(${'('.repeat(3000)})`, `x(${'a='.repeat(1900)})`])
    pythonCall(text);
  fromPythonText(`[${'1,'.repeat(500_000)}]`);
  fromPythonText(`(${'('.repeat(1_000_000)}`);
  expect(performance.now() - start).toBeLessThan(2000);
});
