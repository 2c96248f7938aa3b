import { isIP } from 'node:net';
import helmet, { type FastifyHelmetOptions } from '@fastify/helmet';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { fastify } from 'fastify';
import type { Config } from './config.js';
import { Problem } from './problem.js';
import { sendProblem } from './problem.filter.js';

const YEAR = 31_536_000;

/** Scripts only from our own files, none inline. Styles inline because the component library writes its theme that way. */
const rulesFor = (isTls: boolean): FastifyHelmetOptions => ({
  contentSecurityPolicy: {
    useDefaults: false,
    directives: {
      defaultSrc: [`'self'`],
      scriptSrc: [`'self'`],
      styleSrc: [`'self'`, `'unsafe-inline'`],
      imgSrc: [`'self'`, 'data:', 'blob:'],
      fontSrc: [`'self'`, 'data:'],
      connectSrc: [`'self'`],
      objectSrc: [`'none'`],
      baseUri: [`'self'`],
      formAction: [`'self'`],
      frameAncestors: [`'none'`],
    },
  },
  strictTransportSecurity: isTls ? { maxAge: YEAR, includeSubDomains: false } : false,
  xFrameOptions: { action: 'deny' },
  referrerPolicy: { policy: 'same-origin' },
});

/** What every answer carries and every request must meet, before any route. */
export async function harden(app: NestFastifyApplication, config: Config): Promise<void> {
  const [plain, tls] = await Promise.all([securityHeaders(false), securityHeaders(true)]);
  const isOurs = hostCheck(config);
  app
    .getHttpAdapter()
    .getInstance()
    .addHook('onRequest', (request, reply, done) => {
      void reply.headers(request.protocol === 'https' ? tls : plain).header('X-Request-Id', request.id);
      if (request.url.startsWith('/api/')) void reply.header('Cache-Control', 'no-store');
      if (isOurs(request.hostname)) done();
      else
        sendProblem(
          reply,
          request.id,
          new Problem('FORBIDDEN', 'This server does not answer to that host name. The operator can add it to LEDGER_ALLOWED_HOSTS.'),
        );
    });
}

/** Helmet works its headers out anew for every answer, which costs as much as reading a report. They never differ, so it is asked once. */
async function securityHeaders(isTls: boolean): Promise<Record<string, string>> {
  const server = fastify();
  await server.register(helmet, rulesFor(isTls));
  server.get('/', (_request, reply) => reply.send(JSON.stringify(reply.raw.getHeaders())));
  const headers = (await server.inject('/')).json<Record<string, string>>();
  await server.close();
  return headers;
}

/**
 * Against DNS rebinding: a page of another site can make its own name point here, but then that name stands in the Host header.
 * Addresses cannot be rebound, so they always pass. In the list, `.example.org` stands for every name below it and `*` for any.
 */
export function hostCheck({ host, allowedHosts }: Pick<Config, 'host' | 'allowedHosts'>): (hostname: string | undefined) => boolean {
  const names = new Set(['localhost', host.toLowerCase(), ...allowedHosts.map((name) => name.replace(/:\d+$/, ''))]);
  const endings = allowedHosts.filter((name) => name.startsWith('.'));
  return (hostname) => {
    if (names.has('*')) return true;
    const name = hostname?.toLowerCase().replace(/\.$/, '') ?? '';
    return names.has(name) || isIP(name.replace(/^\[|\]$/g, '')) !== 0 || endings.some((ending) => name.endsWith(ending));
  };
}
