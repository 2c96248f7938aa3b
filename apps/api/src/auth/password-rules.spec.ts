import { Problem } from '../problem.js';
import { requireGoodPassword } from './password-rules.js';

it.each([
  'correct horse battery',
  'Tr0ub4dor&3-and-more',
  'ein langer deutscher Satz',
  '密码是一个很长的中文句子吗',
  'pässwörter sind lang',
  'x9#kQ2!mZ7@p',
])('takes %s', (password) => {
  expect(() => requireGoodPassword(password, 'ada')).not.toThrow();
});

it.each([
  ['elevenchars', 'passwordTooShort'],
  ['', 'passwordTooShort'],
  ['密码密码密码', 'passwordTooShort'],
  ['🔑🔑🔑🔑🔑🔑', 'passwordTooShort'],
  ['aaaaaaaaaaaaaaaa', 'passwordTooEasy'],
  ['abababababababab', 'passwordTooEasy'],
  ['123456789012', 'passwordTooEasy'],
  ['qwertyuiopasdf', 'passwordTooEasy'],
  ['zyxwvutsrqponm', 'passwordTooEasy'],
  ['PasswordPassword', 'passwordTooEasy'],
  ['password1234', 'passwordTooEasy'],
  ['adminadminadmin', 'passwordTooEasy'],
  ['margarethe1!', 'passwordHasUsername'],
  ['MARGARETHE-MARGARETHE', 'passwordHasUsername'],
])('refuses %s: %s', (password, rule) => {
  expect(ruleBroken(() => requireGoodPassword(password, 'margarethe', 'newPassword'))).toEqual({ path: 'newPassword', rule });
});

function ruleBroken(work: () => void): unknown {
  try {
    work();
  } catch (error) {
    const [first] = error instanceof Problem ? (error.more.errors ?? []) : [];
    return { path: first?.path, rule: first?.rule };
  }
  return null;
}
