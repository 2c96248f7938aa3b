import { FIELD_RULES, PROBLEM_CODES, PROBLEM_REASONS } from '@lora-ledger/contracts';
import { readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import ts from 'typescript';
import { en } from './en.js';
import { LATE_SECTIONS } from './late-sections.js';
import { zh } from './zh.js';

type Tree = { readonly [key: string]: string | Tree };

function sentences(tree: Tree, prefix = ''): [string, string][] {
  return Object.entries(tree).flatMap(([key, value]) =>
    typeof value === 'string' ? [[prefix + key, value] as [string, string]] : sentences(value, `${prefix}${key}.`),
  );
}
const placeholders = (text: string) => [...text.matchAll(/\{\{(\w+)(?:, \w+)?\}\}/g)].map((match) => match[1]).sort();
const isPluralOf = (form: string, key: string) => key.endsWith(form);

/** A catalogue with all that is loaded later. */
async function whole(language: 'en' | 'zh', early: Tree): Promise<[string, string][]> {
  const late = await Promise.all(Object.values(LATE_SECTIONS).map((section) => section[language]() as Promise<Tree>));
  return [early, ...late].flatMap((tree) => sentences(tree));
}

let english: [string, string][];
let chinese: Map<string, string>;
let shared: [string, string][];
beforeAll(async () => {
  english = await whole('en', en);
  chinese = new Map(await whole('zh', zh));
  shared = english.filter(([key]) => !isPluralOf('_one', key) && !isPluralOf('_zero', key));
});

/** Sections and groups of the English catalogue that do not say where their sentences stand. */
function unexplained(file: string): string[] {
  const source = ts.createSourceFile(file, readFileSync(file, 'utf8'), ts.ScriptTarget.Latest, true);
  const found: string[] = [];
  const visit = (node: ts.Node): void => {
    const isGroup = ts.isPropertyAssignment(node) && ts.isObjectLiteralExpression(node.initializer);
    if ((isGroup || ts.isVariableStatement(node)) && ts.getJSDocCommentsAndTags(node).length === 0)
      found.push(`${basename(file)}: ${node.getText(source).slice(0, 40)}`);
    ts.forEachChild(node, visit);
  };
  visit(source);
  return found;
}

describe('the two catalogues', () => {
  it('tell those who translate them where every group of sentences stands', () => {
    const folder = join(__dirname, 'en');
    const files = readdirSync(folder).map((name) => join(folder, name));
    expect(files.length).toBeGreaterThan(20);
    expect(files.flatMap(unexplained)).toEqual([]);
  });

  it('say the same things', () => {
    expect([...chinese.keys()].sort()).toEqual(shared.map(([key]) => key).sort());
  });

  it('fill in the same values', () => {
    const different = shared.filter(([key, text]) => String(placeholders(text)) !== String(placeholders(chinese.get(key) ?? '')));
    expect(different).toEqual([]);
  });

  it('have a sentence for every way the API refuses something', () => {
    const needed = [
      ...PROBLEM_CODES.map((code) => `problem.${code}`),
      ...PROBLEM_REASONS.map((reason) => `problem.reason.${reason}`),
      ...FIELD_RULES.map((rule) => `rule.${rule}`),
    ];
    expect(needed.filter((key) => !chinese.has(key) || !english.some(([other]) => other === key))).toEqual([]);
  });

  it('leave no sentence empty', () => {
    expect([...english, ...chinese].filter(([, text]) => text.trim() === '')).toEqual([]);
  });

  it('have every plural of a sentence that counts in English', () => {
    const keys = new Set(english.map(([key]) => key));
    const missing = [...keys].filter((key) => isPluralOf('_other', key) && !keys.has(key.replace(/_other$/, '_one')));
    expect(missing).toEqual([]);
  });

  it('speak Chinese wherever English has words', () => {
    const sameInBoth = new Set([
      'product',
      'value.none',
      'list.column.loraAlpha',
      'form.field.loraAlpha',
      'form.extra.json',
      'list.filter.atLeast',
      'task.attemptShort',
      'list.filter.atMost',
      'detail.output.hash',
      'detail.log.size',
    ]);
    const untranslated = shared.filter(
      ([key, text]) => chinese.get(key) === text && !sameInBoth.has(key) && !key.startsWith('form.format.'),
    );
    expect(untranslated).toEqual([]);
  });
});
