import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { FastifyRequest } from 'fastify';
import { wrongContentType } from '../problem.js';

/** With `@RouteConfig(TAKES_FILES)` a route gets every body as it was sent: small kinds as bytes, anything else as a stream. */
export const TAKES_FILES = { takesFiles: true };

const TEXT_TYPES = ['application/yaml', 'application/x-yaml', 'text/yaml', 'text/x-yaml', 'application/toml', 'text/toml', 'text/plain'];

/**
 * Bodies that are no JSON. Configuration files come as bytes to any route, which decodes them or refuses the kind; weights come as a stream,
 * of which only as much is kept as its reader asks for, and only to routes made for it: others would take the stream for an object.
 */
export function acceptFiles(app: NestFastifyApplication, bodyLimit: number): void {
  const fastify = app.getHttpAdapter().getInstance();
  const parseJson = fastify.getDefaultJsonParser('error', 'error');
  app.useBodyParser('application/json', { bodyLimit }, (request, body, done) => {
    // A trainer's file may be JSON, too: its comments, large numbers and repeated keys are its reader's business.
    if (takesFiles(request as FastifyRequest)) done(null, body);
    else void parseJson(request as FastifyRequest, body?.toString('utf8') ?? '', done);
  });
  fastify.addContentTypeParser(TEXT_TYPES, { parseAs: 'buffer', bodyLimit }, (_request, body, done) => done(null, body));
  fastify.addContentTypeParser('application/octet-stream', (request, stream, done) => {
    if (takesFiles(request)) done(null, stream);
    else done(wrongContentType());
  });
}

function takesFiles({ routeOptions: { config } }: FastifyRequest): boolean {
  return 'takesFiles' in config && config.takesFiles === true;
}
