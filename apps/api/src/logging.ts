import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { PinoLogger, type Params } from 'nestjs-pino';
import type { Config } from './config.js';

/**
 * JSON lines on stdout. No middleware: it would make a logger and an async context for every request, which costs a fifth of a report;
 * requests are logged by {@link logRequests}.
 */
export function loggerOptions(config: Pick<Config, 'logLevel'>): Params {
  return { pinoHttp: { level: config.logLevel }, forRoutes: [] };
}

/** One line per request. Never a body, a cookie, an authorization header or the query. */
export async function logRequests(app: NestFastifyApplication): Promise<void> {
  const { logger } = await app.resolve(PinoLogger);
  app
    .getHttpAdapter()
    .getInstance()
    .addHook('onResponse', (request, reply, done) => {
      const level = reply.statusCode >= 500 ? 'error' : 'debug';
      if (logger.isLevelEnabled(level)) {
        logger[level](
          {
            requestId: request.id,
            method: request.method,
            path: request.url.split('?', 1)[0],
            address: request.ip,
            status: reply.statusCode,
            milliseconds: Math.round(reply.elapsedTime),
          },
          'request answered',
        );
      }
      done();
    });
}
