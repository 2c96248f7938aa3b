import i18next from 'i18next';
import { ApiProblem } from '../api/problem.js';
import { zh } from '../i18n/zh.js';
import { fieldErrors, problemText } from './problem-text.js';

beforeAll(() => i18next.init({ lng: 'zh', resources: { zh: { translation: zh } }, interpolation: { escapeValue: false } }));

const say = (problem: ApiProblem): string => problemText(i18next.t, problem);

it('says what exactly is wrong with the numbers that belong to it, not what the API says in English', () => {
  const problem = new ApiProblem(409, 'STATE_CONFLICT', 'You have 2000 tokens already.', [], 'tooManyTokens', { limit: 2000 });
  expect(say(problem)).toBe('你已有 2,000 个令牌，请先吊销不再使用的令牌。');
});

it('says where in a file', () => {
  const problem = new ApiProblem(400, 'VALIDATION', 'The file cannot be read', [], 'fileKeyTwice', { line: 3, column: 1, key: 'seed' });
  expect(say(problem)).toBe('第 3 行第 1 列：键“seed”重复出现。');
});

it('calls the state of a task as the pages do', () => {
  const problem = new ApiProblem(409, 'STATE_CONFLICT', 'The task is RUNNING.', [], 'wrongStatus', { taskStatus: 'RUNNING' });
  expect(say(problem)).toContain('“运行中”');
});

it('names the fields that are refused by the words of the form, others by their own names', () => {
  const problem = new ApiProblem(400, 'VALIDATION', 'loraRank must be at most 4096 (and 1 more).', [
    { path: 'loraRank', message: 'loraRank must be at most 4096', rule: 'max', limit: 4096 },
    { path: 'finalLossMin', message: 'finalLossMin must be a number', rule: 'type' },
  ]);
  expect(say(problem)).toBe('请求中有内容无效。秩（Rank）：不能大于 4,096；finalLossMin：值的类型不正确。');
  expect(fieldErrors(i18next.t, problem)).toEqual({ loraRank: '不能大于 4,096', finalLossMin: '值的类型不正确' });
});

it('falls back to what the code means for a reason of a newer server', () => {
  const problem = new ApiProblem(409, 'STATE_CONFLICT', 'Something new.', [], 'brandNew' as never);
  expect(say(problem)).toBe(zh.problem.STATE_CONFLICT);
});
