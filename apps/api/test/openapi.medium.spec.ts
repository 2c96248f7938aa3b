import { makeApp, type TestApp } from './support/app.js';

interface Parameter {
  name: string;
  description?: string;
  schema?: object;
}
interface Operation {
  method: string;
  path: string;
  summary?: string;
  parameters: Parameter[];
  requestBody?: object;
  responses: Record<string, { description?: string; content?: Record<string, object> }>;
}

let app: TestApp;
let operations: Operation[];
let schemas: Record<string, { properties?: Record<string, object> }>;
let text: string;

beforeAll(async () => {
  app = await makeApp();
  const document = await app.anonymous.get('/openapi.json');
  text = JSON.stringify(document);
  schemas = document.components.schemas;
  operations = Object.entries<Record<string, Operation>>(document.paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, one]) => ({ ...one, parameters: one.parameters ?? [], method: method.toUpperCase(), path })),
  );
});
afterAll(() => app.close());

const named = ({ method, path }: Operation): string => `${method} ${path}`;

describe('the OpenAPI document', () => {
  it('knows the whole API', () => {
    expect(operations.length).toBeGreaterThan(50);
    expect(operations.map(named)).toEqual(
      expect.arrayContaining([
        'POST /api/train-tasks',
        'POST /api/train-tasks/{taskId}/progress',
        'GET /api/health/ready',
        'GET /api/stream',
      ]),
    );
  });

  it('says of every operation what it does, what it answers and how it fails', () => {
    const incomplete = operations.flatMap((operation) => {
      const { summary, responses } = operation;
      const [status = '', success] = Object.entries(responses).find(([code]) => /^[23]/.test(code)) ?? [];
      const problems = Object.entries(responses).filter(([code]) => /^[45]/.test(code));
      return [
        ...(summary ? [] : ['no summary']),
        ...(success === undefined ? ['no success'] : []),
        ...(['204', '302'].includes(status) || success?.content !== undefined ? [] : [`${status} without a schema`]),
        ...(problems.length >= 4 && problems.every(([, { content }]) => content?.['application/problem+json'] !== undefined)
          ? []
          : ['problems are missing']),
      ].map((what) => `${named(operation)}: ${what}`);
    });
    expect(incomplete).toEqual([]);
  });

  it('describes every parameter and every field of every body and answer', () => {
    const parameters = operations.flatMap((operation) =>
      operation.parameters
        .filter(({ description, schema }) => !description || schema === undefined)
        .map(({ name }) => `${named(operation)}: ${name}`),
    );
    const fields = Object.entries(schemas).flatMap(([name, { properties = {} }]) =>
      Object.entries(properties)
        .filter(([, field]) => !('description' in field))
        .map(([field]) => `${name}.${field}`),
    );
    const empty = Object.entries(schemas)
      .filter(([, { properties = {} }]) => Object.keys(properties).length === 0)
      .map(([name]) => name);
    expect({ parameters, fields, empty }).toEqual({ parameters: [], fields: [], empty: [] });
  });

  it('refers only to schemas that it has', () => {
    const references = [...text.matchAll(/"\$ref":"#\/components\/schemas\/([^"]*)"/g)].map(([, name]) => name!);
    expect(references.filter((name) => schemas[name] === undefined)).toEqual([]);
  });

  it('describes a body wherever one is read', () => {
    const bodiless = operations
      .filter(({ method, requestBody }) => ['POST', 'PUT', 'PATCH'].includes(method) && requestBody === undefined)
      .map(named);
    expect(bodiless.filter((one) => !/\/(logout|retry|cancel|restore|heartbeat|token)$/.test(one))).toEqual([]);
  });
});
