import { existsSync, mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { makeFolderInside, outputDirName, PlaceError } from './output-dir.js';

describe('the output folder of an attempt', () => {
  it.each([
    [null, ['t']],
    ['./output/style', ['output', 'style', 't']],
    ['a//b/./c/', ['a', 'b', 'c', 't']],
    ['a\\b', ['a', 'b', 't']],
    ['/mnt/models', ['t']],
    ['C:\\models', ['t']],
    ['\\\\server\\share', ['t']],
    ['~/models', ['t']],
    ['', ['t']],
  ])('wished as %j is %j', (wish, parts) => {
    expect(outputDirName(wish, 't')).toEqual(parts);
  });

  it.each(['..', 'a/../..', '..\\x', 'a\0b'])('wished as %j is refused', (wish) => {
    expect(() => outputDirName(wish, 't')).toThrow(PlaceError);
  });
});

describe('making a folder inside a root', () => {
  let root: string;
  beforeEach(() => {
    root = realpathSync(mkdtempSync(join(tmpdir(), 'root-')));
  });
  afterEach(() => rmSync(root, { recursive: true }));

  it('makes every level, also where some exist', async () => {
    mkdirSync(join(root, 'outputs', 'a'), { recursive: true });
    expect(await makeFolderInside(join(root, 'outputs'), ['a', 'b'])).toBe(join(root, 'outputs', 'a', 'b'));
    expect(existsSync(join(root, 'outputs', 'a', 'b'))).toBe(true);
  });

  it('does not follow a symbolic link on the way, wherever it leads', async () => {
    mkdirSync(join(root, 'outputs'));
    mkdirSync(join(root, 'elsewhere'));
    symlinkSync(join(root, 'elsewhere'), join(root, 'outputs', 'link'));
    await expect(makeFolderInside(join(root, 'outputs'), ['link', 't'])).rejects.toThrow(PlaceError);
    expect(existsSync(join(root, 'elsewhere', 't'))).toBe(false);
  });

  it('does not take a file for a folder', async () => {
    writeFileSync(join(root, 'a'), '');
    await expect(makeFolderInside(root, ['a', 't'])).rejects.toThrow(PlaceError);
  });

  it('may have a root that is itself reached by a link', async () => {
    mkdirSync(join(root, 'disk'));
    symlinkSync(join(root, 'disk'), join(root, 'outputs'));
    expect(await makeFolderInside(join(root, 'outputs'), ['t'])).toBe(join(root, 'disk', 't'));
  });
});
