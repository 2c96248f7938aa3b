import type { NestFastifyApplication } from '@nestjs/platform-fastify';

/** Every route the running server answers, as `GET /api/train-tasks/:taskId`: read from the server itself, so that none can be forgotten. */
export function registeredRoutes(app: NestFastifyApplication): string[] {
  const parents: string[] = [];
  const tree = app.getHttpAdapter().getInstance().printRoutes({ commonPrefix: false });
  return tree.split('\n').flatMap((line) => {
    const found = /^([│ ]*)[├└]── (\S*)(?: \(([A-Z, ]+)\))?/.exec(line);
    if (found === null) return [];
    const [, indent = '', part = '', methods = ''] = found;
    const depth = indent.length / 4;
    parents.length = depth;
    parents[depth] = (parents[depth - 1] ?? '') + part;
    return methods
      .split(', ')
      .filter((method) => method !== '' && method !== 'HEAD')
      .map((method) => `${method} ${parents[depth]}`);
  });
}
