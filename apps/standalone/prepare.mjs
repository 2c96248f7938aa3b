import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const BUILT = ['libs/training', 'libs/contracts', 'apps/api', 'apps/worker', 'apps/admin'];
const SHARED = ['package-lock.json', 'tsconfig.base.json', 'nx.json'];

/** Runs `npm ci` when there is no installation, or when it is not of this lock file. */
export function installIfNeeded(root) {
  const lock = readFileSync(join(root, 'package-lock.json'));
  const stamp = join(root, 'node_modules', '.ledger-installed');
  const wanted = `${createHash('sha256').update(lock).digest('hex')} node ${process.versions.modules}`;
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === wanted) return;
  console.log('Installing dependencies (once; a minute or two) …');
  npm(root, ['ci', '--no-audit', '--no-fund', '--loglevel=error']);
  writeFileSync(stamp, wanted);
}

/**
 * Builds through Nx when a source is newer than the last build. The look at the files costs milliseconds;
 * asking Nx every time would cost most of a warm start.
 */
export function buildIfStale(root) {
  const stamp = join(root, 'node_modules', '.ledger-built');
  const newest = Math.max(
    ...SHARED.map((file) => statSync(join(root, file)).mtimeMs),
    ...BUILT.map((project) => newestIn(join(root, project))),
  );
  const isBuilt = BUILT.every((project) => existsSync(join(root, project, 'dist')));
  if (isBuilt && existsSync(stamp) && Number(readFileSync(stamp, 'utf8')) >= newest) return;
  console.log('Building …');
  // Whoever starts this may be a test: its NODE_ENV would put the slow, large React into the pages.
  run(root, process.execPath, [join(root, 'node_modules/nx/dist/bin/nx.js'), 'run-many', '-t', 'build', '--outputStyle=static'], {
    NODE_ENV: 'production',
  });
  mkdirSync(join(root, 'node_modules'), { recursive: true });
  writeFileSync(stamp, String(newest));
}

function newestIn(directory) {
  let newest = 0;
  for (const entry of readdirSync(directory, { withFileTypes: true })) {
    if (['dist', 'node_modules', 'test', 'test-output'].includes(entry.name) || entry.name.includes('.spec.')) continue;
    const path = join(directory, entry.name);
    newest = Math.max(newest, entry.isDirectory() ? newestIn(path) : statSync(path).mtimeMs);
  }
  return newest;
}

function npm(root, args) {
  // npm tells its own location to the scripts it runs; without it, the one on the PATH is taken.
  const cli = process.env.npm_execpath;
  if (cli?.endsWith('.js')) run(root, process.execPath, [cli, ...args]);
  else run(root, process.platform === 'win32' ? 'npm.cmd' : 'npm', args);
}

function run(root, program, args, env = {}) {
  try {
    execFileSync(program, args, {
      cwd: root,
      stdio: ['ignore', 'pipe', 'inherit'],
      env: { ...process.env, NX_DAEMON: 'false', NX_TUI: 'false', ...env },
      maxBuffer: 1 << 28,
    });
  } catch (error) {
    if (error?.stdout) process.stderr.write(error.stdout);
    throw new Error(`"${[program, ...args].join(' ')}" failed; the lines above say why.`, { cause: error });
  }
}
