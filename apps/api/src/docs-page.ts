import { createReadStream } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { openApiDocument } from './openapi.js';

const PAGE = `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>LoRA Ledger API</title>
<link rel="stylesheet" href="docs/swagger-ui.css">
</head>
<body>
<div id="api"></div>
<script src="docs/swagger-ui-bundle.js"></script>
<script src="docs/start.js"></script>
</body>
</html>
`;

/** Who is signed in in the same browser can try things out: changes need the token that only our own pages can read. */
const START = `fetch('auth/me').then((answer) => (answer.ok ? answer.json() : {})).then(({ csrfToken }) => {
  SwaggerUIBundle({
    url: 'openapi.json', dom_id: '#api', deepLinking: true, docExpansion: 'list', validatorUrl: null,
    requestInterceptor: (request) => {
      if (csrfToken) request.headers['X-CSRF-Token'] = csrfToken;
      return request;
    },
  });
});
`;

/**
 * The OpenAPI document, and a page to read it. No script stands in the page itself, because the content security policy allows none.
 * The document is made on first demand: describing every operation costs more than the rest of the start.
 * @param root folder of the installation, from where the page's own files are found
 */
export function serveDocs(app: NestFastifyApplication, root: string): void {
  const fastify = app.getHttpAdapter().getInstance();
  let document: string | undefined;
  fastify.get('/api/openapi.json', (_request, reply) =>
    reply.type('application/json').send((document ??= JSON.stringify(openApiDocument(app)))),
  );
  fastify.get('/api/docs', (_request, reply) => reply.type('text/html; charset=utf-8').send(PAGE));
  fastify.get('/api/docs/start.js', (_request, reply) => reply.type('text/javascript; charset=utf-8').send(START));
  for (const [file, type] of [
    ['swagger-ui.css', 'text/css'],
    ['swagger-ui-bundle.js', 'text/javascript'],
  ] as const) {
    fastify.get(`/api/docs/${file}`, (_request, reply) =>
      reply
        .type(`${type}; charset=utf-8`)
        .header('Cache-Control', 'public, max-age=86400')
        .send(createReadStream(join(swaggerUi(root), file))),
    );
  }
}

/** The package comes with Nest's own, wherever npm has put it. */
function swaggerUi(root: string): string {
  const ours = createRequire(join(root, 'apps/api/package.json'));
  return dirname(createRequire(ours.resolve('@nestjs/swagger')).resolve('swagger-ui-dist/package.json'));
}
