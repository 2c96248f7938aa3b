import { join } from 'node:path';
import fastifyStatic from '@fastify/static';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { Problem } from './problem.js';
import { sendProblem } from './problem.filter.js';

/** The admin UI: files with hashed names are kept for ever, every other address is the single page. */
export async function serveUi(app: NestFastifyApplication, directory: string): Promise<void> {
  await app.register(fastifyStatic, {
    root: directory,
    wildcard: false,
    preCompressed: true,
    cacheControl: false,
    setHeaders: (response, path) => {
      void response.header(
        'Cache-Control',
        path.includes(`${join(directory, 'assets')}`) ? 'public, max-age=31536000, immutable' : 'no-cache',
      );
    },
  });
  const fastify = app.getHttpAdapter().getInstance();
  fastify.get('/*', (request, reply) => {
    const [path = ''] = request.url.split('?', 1);
    const isPage = !path.startsWith('/api/') && !path.startsWith('/assets/');
    return isPage
      ? reply.sendFile('index.html')
      : sendProblem(reply, request.id, new Problem('NOT_FOUND', 'There is nothing at this address.'));
  });
}
