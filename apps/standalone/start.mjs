/**
 * `npm start`: everything in one command, on a machine that has only Node and Python.
 * Installs what is missing, builds what is stale, then hands over to the running product.
 */
import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { buildIfStale, installIfNeeded } from './prepare.mjs';

const root = fileURLToPath(new URL('../../', import.meta.url));
try {
  installIfNeeded(root);
  buildIfStale(root);
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exit(1);
}
// Loaded only now: its imports may just have been installed.
const { runProduct } = await import('./run-product.mjs');
await runProduct(root, { spawn });
