import type { Params } from 'nestjs-pino';
import type { Config } from './config.js';

/** JSON lines on stdout, one per request. Never a body, a cookie or an authorization header. */
export function loggerOptions(config: Pick<Config, 'logLevel'>): Params {
  return {
    pinoHttp: {
      level: config.logLevel,
      customLogLevel: (_request, response, error) => (error || response.statusCode >= 500 ? 'error' : 'debug'),
      quietReqLogger: true,
      customAttributeKeys: { reqId: 'requestId' },
      serializers: {
        req: (request: { id: string; method: string; url: string; remoteAddress: string }) => ({ id: request.id, method: request.method, path: request.url.split('?', 1)[0], address: request.remoteAddress }),
        res: (response: { statusCode: number }) => ({ status: response.statusCode }),
      },
    },
  };
}
