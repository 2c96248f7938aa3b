import 'reflect-metadata';
import { fileURLToPath } from 'node:url';
import { createApp } from './app.setup.js';
import { SetupService } from './auth/setup.service.js';
import { ConfigError, readConfig } from './config.js';

/** Starts the API and answers where it listens. Anything that goes wrong on the way is one readable line. */
async function start(): Promise<void> {
  const config = readConfig(process.env, fileURLToPath(new URL('../../../', import.meta.url)));
  const app = await createApp(config);
  await app.listen({ host: config.host, port: config.port });
  const address = app.getHttpServer().address();
  const port = typeof address === 'object' && address !== null ? address.port : config.port;
  const url = `http://${config.host.includes(':') ? `[${config.host}]` : config.host}:${port}`;
  const code = await app.get(SetupService).pendingCode();
  process.stdout.write(
    code === null
      ? `LoRA Ledger is ready: ${url}\n`
      : `LoRA Ledger is ready. Create the first admin (the link works once):\n  ${url}/setup#code=${code}\n`,
  );
}

start().catch((error: unknown) => {
  process.stderr.write(`${explain(error)}\n`);
  process.exit(1);
});

function explain(error: unknown): string {
  if (error instanceof ConfigError) return error.message;
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  if (code === 'EADDRINUSE')
    return `Port ${process.env['LEDGER_PORT'] ?? 3000} is in use: stop what listens there, or choose another with LEDGER_PORT.`;
  if (code === 'ECONNREFUSED') return 'The database does not answer at DATABASE_URL.';
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}
