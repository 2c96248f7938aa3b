import { readFileSync, statSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/** Bytes of compressed JavaScript that the list of tasks may need before its rows show. */
const LIST_LIMIT = 250_000;
const SOURCES = fileURLToPath(new URL('src/', import.meta.url));
const BUILT = fileURLToPath(new URL('dist/', import.meta.url));
/** What every page needs; the list comes with it. */
const ENTRY = 'index.html';
const CATALOGUE = 'src/i18n/en.ts';

const manifest = JSON.parse(readFileSync(`${BUILT}.vite/manifest.json`, 'utf8'));
const pages = [...readFileSync(`${SOURCES}shell/router.tsx`, 'utf8').matchAll(/import\('\.\.\/(.+?)\.js'\)/g)].map(
  ([, path]) => `src/${path}.tsx`,
);

/** All files that `key` cannot do without, itself included. */
function closure(key, found = new Set()) {
  if (found.has(key)) return found;
  found.add(key);
  for (const imported of manifest[key].imports ?? []) closure(imported, found);
  return found;
}

/** As it is sent: the build has put the compressed form beside each file that is worth it. */
function sentBytes(path, ending) {
  return (statSync(`${path}${ending}`, { throwIfNoEntry: false }) ?? statSync(path)).size;
}

let isTooLarge = false;
for (const page of [ENTRY, ...pages]) {
  const files = [...new Set([ENTRY, CATALOGUE, page].flatMap((key) => [...closure(key)]))].map((key) => `${BUILT}${manifest[key].file}`);
  const [brotli, gzip] = ['.br', '.gz'].map((ending) => files.reduce((sum, path) => sum + sentBytes(path, ending), 0));
  console.log(`${(brotli / 1000).toFixed(0).padStart(4)} kB brotli ${(gzip / 1000).toFixed(0).padStart(4)} kB gzip  ${page}`);
  if (page === ENTRY && brotli > LIST_LIMIT) isTooLarge = true;
}
if (isTooLarge) {
  console.error(`The list of tasks needs more than ${LIST_LIMIT / 1000} kB of compressed JavaScript: load something later.`);
  process.exit(1);
}
