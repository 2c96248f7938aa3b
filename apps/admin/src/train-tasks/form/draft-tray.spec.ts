import { storageInMemory } from '../../ui/storage-in-memory.js';
import { keepFor } from '../../ui/stored.js';
import { forgetDraft, keepDraft, readDraft, type Draft } from './draft-store.js';
import { addDrafts, keepTray, readTray, restoreDraft, withoutDraft } from './draft-tray.js';
import { toValues } from './form-model.js';
import { handIn } from './hand-in.js';

const draft = (name: string): Draft => ({ values: toValues({ name }), source: null, report: null });
beforeEach(() => {
  storageInMemory();
});

describe('the tray of drafts', () => {
  it('begins with one form', () => expect(readTray()).toEqual({ names: ['new'], active: 'new' }));

  it('shows the first of the drafts that are added, in the place of a form nobody has touched', () => {
    keepDraft('new', draft(''));
    const tray = addDrafts(readTray(), [draft('a'), draft('b')], 'new');
    expect(tray.names.map((name) => readDraft(name)?.values.name)).toEqual(['a', 'b']);
    expect(tray.active).toBe(tray.names[0]);
    expect(readDraft('new')).toBeUndefined();
  });

  it('is as it was after a reload, without drafts that are gone', () => {
    const tray = addDrafts({ names: [], active: '' }, [draft('a'), draft('b'), draft('c')], null);
    keepTray({ ...tray, active: tray.names[2]! });
    forgetDraft(tray.names[1]!);
    expect(readTray()).toEqual({ names: [tray.names[0], tray.names[2]], active: tray.names[2] });
  });

  it('shows the neighbour of a draft that is removed, and takes it back to its place', () => {
    const tray = addDrafts({ names: [], active: '' }, [draft('a'), draft('b'), draft('c')], null);
    const [a, b, c] = tray.names as [string, string, string];
    const rest = withoutDraft({ ...tray, active: b }, b);
    expect(rest).toEqual({ names: [a, c], active: c });
    expect(restoreDraft(rest, b, 1, draft('b'))).toEqual({ names: [a, b, c], active: b });
    expect(readDraft(b)?.values.name).toBe('b');
  });

  it('shows a fresh form while its draft is on its way to the server, and both when that was refused', async () => {
    let refuse = (): void => {};
    const handing = handIn('new', draft('a'), {}, () => new Promise((_taken, reject) => (refuse = () => reject(new Error('refused')))));
    const fresh = readTray();
    expect(fresh.names).toEqual([fresh.active]);
    expect(readDraft(fresh.active)).toBeUndefined();
    keepTray(fresh);
    keepDraft(fresh.active, draft('b'));
    refuse();
    await expect(handing).rejects.toThrow('refused');
    expect(readTray()).toEqual({ names: ['new', fresh.active], active: fresh.active });
  });

  it('forgets the draft that the server has taken meanwhile', async () => {
    let take = (): void => {};
    const handing = handIn('new', draft('a'), {}, () => new Promise<void>((taken) => (take = taken)));
    const fresh = readTray();
    keepTray(fresh);
    take();
    await handing;
    expect(readTray().names.map((name) => readDraft(name))).toEqual([undefined]);
  });

  it('is of one person: the next one on the browser finds nothing, the first one everything', () => {
    keepFor('ada');
    keepTray(addDrafts(readTray(), [draft('a'), draft('b')], 'new'));
    const ofAda = readTray();
    keepFor('bob');
    expect(readTray()).toEqual({ names: ['new'], active: 'new' });
    expect(readDraft(ofAda.active)).toBeUndefined();
    keepFor('ada');
    expect(readTray()).toEqual(ofAda);
    expect(readDraft(ofAda.active)?.values.name).toBe('a');
  });

  it('is a fresh form when the last draft is removed', () => {
    const tray = addDrafts({ names: [], active: '' }, [draft('a')], null);
    expect(withoutDraft(tray, tray.active)).toEqual({ names: ['new'], active: 'new' });
  });

  it('says when the browser keeps nothing', () => {
    Object.assign(globalThis, {
      localStorage: {
        getItem: () => null,
        setItem: () => {
          throw new Error('full');
        },
        removeItem: () => undefined,
      },
    });
    expect(keepDraft('new', draft('a'))).toBe(false);
  });
});
