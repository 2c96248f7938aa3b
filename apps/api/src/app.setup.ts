import { randomUUID } from 'node:crypto';
import { parse as parseQueryString } from 'node:querystring';
import cookie from '@fastify/cookie';
import multipart from '@fastify/multipart';
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import type { FastifyError, FastifyReply, FastifyRequest } from 'fastify';
import { Logger } from 'nestjs-pino';
import { AppModule } from './app.module.js';
import type { Config } from './config.js';
import { acceptFiles } from './config-file/file-body.js';
import { serveDocs } from './docs-page.js';
import { logRequests } from './logging.js';
import { answerUnreadable, asProblem, ProblemFilter, sendProblem } from './problem.filter.js';
import { serveUi } from './ui.js';
import { validationPipe } from './validation.js';
import { harden } from './web-hardening.js';

/** Largest body of an ordinary route: 10 000 points of `progress` with long keys, or a log chunk of 1 MiB, escaped. */
const BODY_LIMIT = 8 * 1024 * 1024;
/** Largest LoRA file an upload form may carry; it streams through, nothing of it is kept but the header. */
const FILE_LIMIT = 8 * 1024 ** 3;

/** Time a request has to arrive, body and all: long enough for a LoRA file over a slow line, not for ever. Its head has one minute. */
const ARRIVAL_MS = 10 * 60_000;
/** What a request under way has to finish once the program is asked to end. */
const SHUTDOWN_GRACE_MS = 3000;

/** The whole application, ready to listen. */
export async function createApp(config: Config): Promise<NestFastifyApplication> {
  const adapter = new FastifyAdapter({
    bodyLimit: BODY_LIMIT,
    requestTimeout: ARRIVAL_MS,
    genReqId: () => randomUUID(),
    trustProxy: (_address: string, hop: number) => hop < config.trustedProxies,
    routerOptions: { querystringParser: parseQuery, maxParamLength: 300 },
    // Prototype poisoning is refused rather than stripped: nothing of a submission is dropped in silence.
    onProtoPoisoning: 'error',
    onConstructorPoisoning: 'error',
    // An address that cannot be read never reaches Nest.
    frameworkErrors: (error: FastifyError, request: FastifyRequest, reply: FastifyReply) =>
      sendProblem(reply, request.id, asProblem(error)),
    clientErrorHandler: answerUnreadable,
  });
  const app = await NestFactory.create<NestFastifyApplication>(AppModule.for(config), adapter, {
    bufferLogs: true,
    rawBody: false,
    abortOnError: false,
  });
  app.useLogger(app.get(Logger));
  app.setGlobalPrefix('api');
  app.useGlobalPipes(validationPipe());
  app.useGlobalFilters(new ProblemFilter());
  app.enableShutdownHooks();
  await logRequests(app);
  await harden(app, config);
  await app.register(cookie);
  await app.register(multipart, { limits: { fileSize: FILE_LIMIT, files: 1, fields: 20, fieldSize: 100_000 } });
  acceptFiles(app, BODY_LIMIT);
  forgiveEmptyBodies(app);
  serveDocs(app, config.root);
  if (config.uiDir !== null) await serveUi(app, config.uiDir);
  endLeftoverConnections(app);
  return app;
}

/** Many HTTP clients name JSON as the type of every POST, also of one without a body (`cancel`, `retry`): nothing is not malformed JSON. */
function forgiveEmptyBodies(app: NestFastifyApplication): void {
  app
    .getHttpAdapter()
    .getInstance()
    .addHook('onRequest', (request, _reply, done) => {
      const { 'content-length': length, 'transfer-encoding': encoding } = request.headers;
      if (encoding === undefined && (length === undefined || length === '0')) delete request.headers['content-type'];
      done();
    });
}

/** Browsers open connections before they need them. Without a request these count as busy, and would hold up the shutdown for a minute. */
function endLeftoverConnections(app: NestFastifyApplication): void {
  const fastify = app.getHttpAdapter().getInstance();
  fastify.addHook('preClose', (done) => {
    setTimeout(() => fastify.server.closeAllConnections(), SHUTDOWN_GRACE_MS).unref();
    done();
  });
}

/** Maps of the list filter, written with a dot in a query string. */
const MAPS = ['extra', 'extraMin', 'extraMax'];

/** `?a=1&a=2` gives lists as ever; `?extra.optimizer=adam` is gathered under `extra`, and so for the other maps. */
export function parseQuery(text: string): Record<string, unknown> {
  const plain = parseQueryString(text, '&', '=', { maxKeys: 300 });
  const mapOf = (key: string): string | undefined => MAPS.find((map) => key.startsWith(`${map}.`));
  const rest = Object.entries(plain).filter(([key]) => mapOf(key) === undefined);
  const maps = MAPS.map((map) => [map, Object.entries(plain).filter(([key]) => mapOf(key) === map)] as const).filter(
    ([, entries]) => entries.length > 0,
  );
  return {
    ...Object.fromEntries(rest),
    ...Object.fromEntries(
      maps.map(([map, entries]) => [map, Object.fromEntries(entries.map(([key, value]) => [key.slice(map.length + 1), value]))]),
    ),
  };
}
