import { storageInMemory } from '../../ui/storage-in-memory.js';
import { holdDraft, keepDraft, readDraft, saveDraft, type Draft } from './draft-store.js';
import { addDrafts, keepTray, readTray } from './draft-tray.js';
import { toValues } from './form-model.js';
import { handIn, requestOf } from './hand-in.js';

const draft = (name: string): Draft => ({ values: toValues({ name }), source: null, report: null });
let kept: Map<string, string>;

beforeEach(() => {
  kept = storageInMemory();
});

/** A server whose answer comes when it is told to. */
function server() {
  const keys: string[] = [];
  const answers: { arrive: (answer: string) => void; lose: (error: Error) => void }[] = [];
  const send = (key: string) => {
    keys.push(key);
    return new Promise<string>((arrive, lose) => answers.push({ arrive, lose }));
  };
  const submit = (name: string, content: Draft) => handIn(name, content, requestOf(content), send);
  return { keys, answers, submit };
}

describe('handing a draft in', () => {
  it('forgets the draft when the answer comes, though its page was left', async () => {
    const { answers, submit } = server();
    const tray = addDrafts({ names: [], active: '' }, [draft('a'), draft('b')], null);
    keepTray(tray);
    const submission = submit(tray.active, draft('a'));
    answers[0]!.arrive('task');
    expect(await submission).toEqual({ answer: 'task', isFinished: true });
    expect(readTray().names).toEqual([tray.names[1]]);
    expect([...kept.keys()].filter((key) => key.includes(tray.active) && !key.endsWith('.drafts'))).toEqual([]);
  });

  it('sends the same key for the same content of a draft after a lost answer, and another one for other content', async () => {
    const { keys, answers, submit } = server();
    for (const name of ['a', 'a', 'b', 'a']) {
      const submission = submit('new', draft(name));
      answers.at(-1)!.lose(new Error('lost'));
      await expect(submission).rejects.toThrow('lost');
    }
    expect(keys[1]).toBe(keys[0]);
    expect(keys[2]).not.toBe(keys[0]);
    expect(keys[3]).toBe(keys[0]);
    expect([...kept.values()].some((text) => text.includes(keys[0]!))).toBe(true);
  });

  it('sends another key for the next draft of the same name', async () => {
    const { keys, answers, submit } = server();
    for (const at of [0, 1]) {
      const submission = submit('new', draft('a'));
      answers[at]!.arrive('task');
      await submission;
    }
    expect(keys[1]).not.toBe(keys[0]);
  });

  it('keeps a draft that was changed while it was on its way, even a moment ago', async () => {
    const { answers, submit } = server();
    const submission = submit('new', draft('a'));
    holdDraft('new', draft('a, and more'));
    answers[0]!.arrive('task');
    expect((await submission).isFinished).toBe(false);
    expect(saveDraft('new')).toBe(true);
    expect(readDraft('new')?.values.name).toBe('a, and more');
  });

  it('takes it for no change that the text beside the form is brought into step meanwhile', async () => {
    const { answers, submit } = server();
    const sent: Draft = { ...draft('a'), source: { format: 'sd-scripts', fileName: 'a.toml', text: 'name = "b"', key: 'b' } };
    const submission = submit('new', sent);
    holdDraft('new', { ...sent, source: { format: 'sd-scripts', fileName: 'a.toml', text: 'name = "a"', key: 'a' } });
    answers[0]!.arrive('task');
    expect((await submission).isFinished).toBe(true);
    expect(readDraft('new')).toBeUndefined();
  });

  it('does not bring a draft back that was forgotten before it was saved', async () => {
    const { answers, submit } = server();
    keepDraft('new', draft('a'));
    const submission = submit('new', draft('a'));
    holdDraft('new', draft('a'));
    answers[0]!.arrive('task');
    await submission;
    saveDraft('new');
    expect(readDraft('new')).toBeUndefined();
  });
});
