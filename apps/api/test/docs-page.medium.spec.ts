import { makeApp, type TestApp } from './support/app.js';
import { registeredRoutes } from './support/routes.js';

let app: TestApp;
beforeAll(async () => {
  app = await makeApp();
});
afterAll(() => app.close());

type Operation = { summary?: string; responses?: Record<string, unknown>; parameters?: { name: string; in: string }[] };
interface Document {
  openapi: string;
  paths: Record<string, Record<string, Operation>>;
  components: { schemas: Record<string, unknown> };
}

/** Answered beside the API itself: they describe it. */
const BESIDE = /^GET \/api\/(openapi\.json|docs.*)$/;

async function document(): Promise<Document> {
  return app.anonymous.get('/openapi.json');
}

describe('the OpenAPI document', () => {
  it('lists every route there is, and none that is not', async () => {
    const { paths } = await document();
    const described = Object.entries(paths).flatMap(([path, operations]) =>
      Object.keys(operations).map((method) => `${method.toUpperCase()} ${path}`),
    );
    const answered = registeredRoutes(app.app)
      .filter((route) => route.includes('/api/') && !BESIDE.test(route))
      .map((route) => route.replace(/:(\w+)/g, '{$1}'));
    expect(described.sort()).toEqual(answered.sort());
  });

  it('says of each what it does, what goes into its path and how it may fail', async () => {
    for (const [path, operations] of Object.entries((await document()).paths)) {
      for (const [method, { summary, responses = {}, parameters = [] }] of Object.entries(operations)) {
        const inPath = parameters.filter((parameter) => parameter.in === 'path').map(({ name }) => name);
        expect({ path, method, summary, inPath, isToldHowItFails: path.startsWith('/api/health') || '400' in responses }).toEqual({
          path,
          method,
          summary: expect.stringMatching(/\w/),
          inPath: [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name),
          isToldHowItFails: true,
        });
      }
    }
  });

  it('refers to nothing that is not in it', async () => {
    const whole = await document();
    const wanted = new Set([...JSON.stringify(whole).matchAll(/"\$ref":"#\/components\/schemas\/(\w+)"/g)].map(([, name]) => name!));
    expect([...wanted].filter((name) => !(name in whole.components.schemas))).toEqual([]);
    expect(wanted.size).toBeGreaterThan(20);
  });
});

describe('the page that shows it', () => {
  it('has no script and no style of its own, and all its files are here', async () => {
    const { headers, body } = await app.anonymous.call('GET', '/docs', undefined, 200);
    expect(headers.get('content-type')).toBe('text/html; charset=utf-8');
    expect(body).not.toMatch(/<script[^>]*>[^<]|\son\w+=|<style|https?:/);
    const files = [...(body as string).matchAll(/(?:src|href)="([^"]+)"/g)].map(([, address]) => new URL(address!, `${app.url}/api/docs`));
    expect(files).toHaveLength(3);
    for (const file of files) {
      const response = await fetch(file);
      expect([response.status, response.headers.get('content-type')]).toEqual([
        200,
        expect.stringMatching(file.pathname.endsWith('.css') ? /^text\/css/ : /^text\/javascript/),
      ]);
      expect((await response.text()).length).toBeGreaterThan(200);
    }
  });
});
