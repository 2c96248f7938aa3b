import { execFileSync } from 'node:child_process';
import { join, resolve } from 'node:path';

const ROOT = resolve(__dirname, '../../..');

/** Lints `text` as if it stood in `file` (which exists, so that its project is known), with the configuration of the workspace. */
const LINT = `
  import { ESLint } from 'eslint';
  const cases = JSON.parse(process.argv[1]);
  const eslint = new ESLint({ cwd: process.cwd() });
  const answers = [];
  for (const { file, text } of cases) {
    const [result] = await eslint.lintText(text, { filePath: file });
    answers.push(result.messages.filter((message) => /boundaries|restricted-imports/.test(message.ruleId ?? 'fatal')).map((message) => message.ruleId ?? message.message));
  }
  console.log(JSON.stringify(answers));`;

interface Case {
  why: string;
  file: string;
  imports: string;
  refused: boolean;
}

const CASES: Case[] = [
  { why: 'the domain knows no framework', file: 'libs/training/src/json.ts', imports: '@nestjs/common', refused: true },
  { why: 'the domain knows no database', file: 'libs/training/src/json.ts', imports: 'typeorm', refused: true },
  { why: 'the domain does no input or output', file: 'libs/training/src/json.ts', imports: 'node:fs', refused: true },
  {
    why: 'the domain does not know what crosses HTTP',
    file: 'libs/training/src/json.ts',
    imports: '@lora-ledger/contracts',
    refused: true,
  },
  { why: 'contracts may speak of the domain', file: 'libs/contracts/src/page.ts', imports: '@lora-ledger/training', refused: false },
  { why: 'the worker talks HTTP only', file: 'apps/worker/src/config.ts', imports: 'pg', refused: true },
  { why: 'the worker does not import the API', file: 'apps/worker/src/config.ts', imports: '../../api/src/config.js', refused: true },
  { why: 'the admin has no server in it', file: 'apps/admin/src/main.tsx', imports: 'typeorm', refused: true },
  {
    why: 'features of the admin do not import one another',
    file: 'apps/admin/src/train-tasks/queries.ts',
    imports: '../admin/queries.js',
    refused: true,
  },
  {
    why: 'what all features stand on imports none of them',
    file: 'apps/admin/src/ui/theme.ts',
    imports: '../train-tasks/queries.js',
    refused: true,
  },
  { why: 'features may use what they stand on', file: 'apps/admin/src/train-tasks/queries.ts', imports: '../ui/theme.js', refused: false },
];

describe('the boundaries of the workspace', () => {
  let answers: string[][];

  beforeAll(() => {
    const env = { ...process.env, NX_DAEMON: 'false' };
    // The rule is silent without the graph of projects, which Nx makes when it is asked for anything.
    execFileSync(process.execPath, [join(ROOT, 'node_modules/nx/dist/bin/nx.js'), 'show', 'projects'], { cwd: ROOT, env, stdio: 'ignore' });
    const cases = CASES.map(({ file, imports }) => ({ file: join(ROOT, file), text: `import '${imports}';\n` }));
    const output = execFileSync(process.execPath, ['--input-type=module', '-e', LINT, JSON.stringify(cases)], {
      cwd: ROOT,
      env,
      encoding: 'utf8',
    });
    answers = JSON.parse(output) as string[][];
  }, 120_000);

  it.each(CASES.map((one, index) => ({ ...one, index })))('$why ($imports in $file)', ({ index, refused }) => {
    expect(answers[index]).toHaveLength(refused ? 1 : 0);
  });
});
