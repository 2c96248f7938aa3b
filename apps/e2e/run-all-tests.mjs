/**
 * `npm test`: format, lint, type check, unit, database and browser tests of every project, installed and built as needed.
 * Ends with one line `N passed, N failed` (a failed format, lint or type check counts as one failed test).
 */
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { buildIfStale, installIfNeeded } from '../standalone/prepare.mjs';
import { findChromium } from './find-chromium.mjs';

const root = fileURLToPath(new URL('../../', import.meta.url));
const nx = join(root, 'node_modules/nx/dist/bin/nx.js');
const totals = { passed: 0, failed: 0, skipped: 0 };

installIfNeeded(root);
buildIfStale(root);

const environment = { ...process.env, NX_DAEMON: 'false', NX_TUI: 'false', FORCE_COLOR: '0' };
count(run([join(root, 'node_modules/prettier/bin/prettier.cjs'), '--check', '.']), 'format');
for (const target of ['lint', 'typecheck']) count(runNx(['run-many', '-t', target, '--outputStyle=static', '--parallel=2']), target);
runTests();
count(run([join(root, 'apps/bench/run.mjs'), '--smoke']), 'bench:smoke');

console.log(
  totals.skipped > 0
    ? `${totals.passed} passed, ${totals.failed} failed, ${totals.skipped} skipped`
    : `${totals.passed} passed, ${totals.failed} failed`,
);
process.exit(totals.failed > 0 ? 1 : 0);

function runNx(args, env = environment) {
  return run([nx, ...args], env);
}

function run(args, env = environment) {
  return spawnSync(process.execPath, args, { cwd: root, stdio: ['ignore', 'inherit', 'inherit'], env }).status === 0;
}

function count(isGood, what) {
  if (isGood) totals.passed += 1;
  else totals.failed += 1;
  console.log(`${what}: ${isGood ? 'passed' : 'FAILED'}\n`);
}

/** Projects one after the other: their suites use all cores by themselves, and some measure time limits of real processes. */
function runTests() {
  for (const file of resultFiles()) rmSync(file, { force: true });
  const isGood = runNx(['run-many', '-t', 'test', '--outputStyle=static', '--parallel=1', '--exclude=e2e']);
  const isGoodInBrowser = runBrowserTests();
  for (const file of resultFiles()) {
    const result = JSON.parse(readFileSync(file, 'utf8'));
    totals.passed += result.numPassedTests;
    // A suite that could not even be loaded has no failed test of its own.
    totals.failed += Math.max(result.numFailedTests, result.numFailedTestSuites ?? 0);
    totals.skipped += result.numPendingTests ?? 0;
  }
  if (!(isGood && isGoodInBrowser) && totals.failed === 0) totals.failed = 1;
}

function runBrowserTests() {
  const chromium = findChromium();
  if (chromium !== null) return runNx(['run', 'e2e:test'], { ...environment, CHROMIUM_PATH: chromium });
  const sentence = 'Browser tests need Chromium: install it, or name it in CHROMIUM_PATH.';
  if (process.env.LEDGER_REQUIRE_BROWSER === '1') {
    console.error(`${sentence} They are required here.`);
    return false;
  }
  console.warn(`${sentence} They were SKIPPED.`);
  totals.skipped += 1;
  return true;
}

function resultFiles() {
  return ['apps', 'libs']
    .flatMap((folder) => readdirSync(join(root, folder)).map((project) => join(root, folder, project, 'test-output/results.json')))
    .filter((file) => existsSync(file));
}
