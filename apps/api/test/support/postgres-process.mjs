import { startPostgres } from '../../../standalone/postgres.mjs';

/** `node postgres-process.mjs <folder>`: a durable PostgreSQL until standard input ends. Says its port. */
const { port, stop } = await startPostgres({ folder: process.argv[2], user: 'ledger', password: 'crash' });
process.stdout.write(`${port}\n`);
process.stdin.resume().once('end', () => void stop());
