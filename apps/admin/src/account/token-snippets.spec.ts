import { tokenSnippets } from './token-snippets.js';

const origin = 'https://ledger.lab.example:8443';
const kinds = (...scopes: Parameters<typeof tokenSnippets>[2]) => tokenSnippets(origin, 'llp_abc', scopes).map(({ kind }) => kind);

describe('the commands for a new token', () => {
  it('are for what it may do', () => {
    expect(kinds('read')).toEqual(['curl', 'Python']);
    expect(kinds('submit')).toEqual(['curl', 'Python']);
    expect(kinds('report')).toEqual(['trainer']);
    expect(kinds('read', 'submit', 'report')).toEqual(['curl', 'Python', 'trainer']);
  });
  it('name this installation and carry the token, each once', () => {
    for (const { text } of tokenSnippets(origin, 'llp_abc', ['submit', 'report'])) {
      expect(text.split('llp_abc')).toHaveLength(2);
      expect(text.split(origin)).toHaveLength(2);
    }
  });
  it('read when the token may only read, and submit when it may only submit', () => {
    expect(tokenSnippets(origin, 'llp_abc', ['read'])[0]?.text).toContain("'https://ledger.lab.example:8443/api/train-tasks?limit=5'");
    expect(tokenSnippets(origin, 'llp_abc', ['submit'])[0]?.text).toContain('--data-binary @training.yaml');
  });
});
