import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { closedLoop, percentiles } from './closed-loop.js';
import { requestBytes } from './connection.js';

describe('percentiles', () => {
  it('are values that occurred, by nearest rank', () => {
    expect(percentiles(Array.from({ length: 100 }, (_one, index) => 100 - index))).toEqual({ p50: 50, p95: 95, p99: 99, max: 100 });
  });

  it('of nothing are zero', () => {
    expect(percentiles([])).toEqual({ p50: 0, p95: 0, p99: 0, max: 0 });
  });
});

describe('a closed loop', () => {
  let server: Server;
  let [open, most, asked] = [0, 0, 0];

  beforeAll(async () => {
    server = createServer((_request, response) => {
      asked += 1;
      response.statusCode = asked % 10 === 0 ? 500 : 200;
      open += 1;
      most = Math.max(most, open);
      setImmediate(() => {
        open -= 1;
        response.end('{"ok":true}');
      });
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  });

  afterAll(
    () =>
      new Promise((resolve) => {
        server.close(resolve);
      }),
  );

  it('never has more requests under way than clients, and counts what went wrong', async () => {
    const { port } = server.address() as AddressInfo;
    const { sent, done, failures, latency } = await closedLoop({ port, clients: 3, seconds: 0.3, next: () => requestBytes('GET', '/x') });
    expect(most).toBeLessThanOrEqual(3);
    expect(sent).toBe(asked);
    expect(done).toBeGreaterThan(0);
    expect(failures[500]).toBe(Math.floor(asked / 10));
    expect(latency.max).toBeGreaterThanOrEqual(latency.p50);
  });
});
