/**
 * `npm run bench`: installs and builds what is missing, so that it works in a fresh clone, then measures.
 * The short form is measured again when something got worse: another load on the machine is no regression.
 */
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { installIfNeeded } from '../standalone/prepare.mjs';

const root = fileURLToPath(new URL('../../', import.meta.url));
const options = process.argv.slice(2);
const ATTEMPTS = options.includes('--smoke') ? 3 : 1;

installIfNeeded(root);
const environment = { ...process.env, NX_DAEMON: 'false', NX_TUI: 'false' };
run('node_modules/nx/dist/bin/nx.js', 'run-many', '-t', 'build', '-p', 'api,worker,admin,bench', '--outputStyle=static') || process.exit(1);
for (let attempt = 1; !run('apps/bench/dist/main.js', ...options); attempt += 1) {
  if (attempt >= ATTEMPTS) process.exit(1);
  console.log('Measured again, to tell a regression from other work on this machine.');
}

function run(program, ...args) {
  return spawnSync(process.execPath, [join(root, program), ...args], { cwd: root, stdio: 'inherit', env: environment }).status === 0;
}
