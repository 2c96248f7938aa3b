import { ACCESS_TABLE, CALLERS, type CallerName, type Outcome } from './access-table.js';
import { makeApp, type TestApp } from './support/app.js';
import { apiToken, session, share, someTask, someUser, taskToken, type SomeTask, type SomeUser } from './support/callers.js';
import { registeredRoutes } from './support/routes.js';

interface Cast {
  owner: SomeUser;
  other: SomeUser;
  reader: SomeUser;
  admin: SomeUser;
  disabled: SomeUser;
}

let app: TestApp;
let cast: Cast;

beforeAll(async () => {
  app = await makeApp();
  cast = {
    owner: await someUser(app),
    other: await someUser(app),
    reader: await someUser(app),
    admin: await someUser(app, 'admin'),
    disabled: await someUser(app),
  };
});
afterAll(() => app.close());

it('has a line for every route the server answers, and no line too many', () => {
  expect(registeredRoutes(app.app).sort()).toEqual(Object.keys(ACCESS_TABLE).sort());
});

describe.each(Object.entries(ACCESS_TABLE))('%s', (route, row) => {
  it('lets in whom the table lets in, and nobody else', async () => {
    const outcomes = await Promise.all(CALLERS.map(async (caller) => [caller, await knock(route, caller)] as const));
    expect(Object.fromEntries(outcomes)).toEqual(row);
  });
});

/** Every knock is on a door of its own: the task, the session and the tokens are new, so that no answer depends on an earlier one. */
async function knock(route: string, caller: CallerName): Promise<Outcome> {
  const { owner, reader } = cast;
  const task = await someTask(app, owner);
  await share(app, task, owner, reader);
  const headers = await credentials(caller, task);
  const [method = '', path = ''] = route.split(' ');
  const hasBody = method !== 'GET' && method !== 'DELETE';
  const response = await fetch(app.url + path.replace(':taskId', task.taskId).replace(/:(id|viewId)/, '1'), {
    method,
    redirect: 'manual',
    headers: { ...headers, ...(hasBody ? { 'Content-Type': 'application/json' } : {}) },
    ...(hasBody ? { body: '{}' } : {}),
  });
  if (response.ok) {
    await response.body?.cancel();
    return 'in';
  }
  const { status } = response;
  const text = await response.text();
  if (status >= 500) throw new Error(`${route} answered ${status} to ${caller}: ${text}`);
  return status === 401 || status === 403 || (status === 404 && text.includes('no such task')) ? status : 'in';
}

async function credentials(caller: CallerName, task: SomeTask): Promise<Record<string, string>> {
  const secret = await bearer(caller, task);
  if (caller === 'ownerCookieOnly') return { Cookie: `ledger_session=${(await session(app, cast.owner)).secret}`, Origin: app.url };
  return secret === null ? {} : { Authorization: `Bearer ${secret}` };
}

async function bearer(caller: CallerName, task: SomeTask): Promise<string | null> {
  const { owner, other, reader, admin, disabled } = cast;
  const signedIn = async (user: SomeUser) => (await session(app, user)).accessToken;
  switch (caller) {
    case 'anonymous':
    case 'ownerCookieOnly':
      return null;
    case 'owner':
      return signedIn(owner);
    case 'otherMember':
      return signedIn(other);
    case 'reader':
      return signedIn(reader);
    case 'admin':
      return signedIn(admin);
    case 'disabledUser': {
      await app.database.query('UPDATE app_user SET disabled = true WHERE id = $1', [disabled.id]);
      return signedIn(disabled);
    }
    case 'readToken':
      return apiToken(app, owner, ['read']);
    case 'submitToken':
      return apiToken(app, owner, ['submit']);
    case 'reportToken':
      return apiToken(app, owner, ['report']);
    case 'otherReportToken':
      return apiToken(app, other, ['report']);
    case 'adminReadToken':
      return apiToken(app, admin, ['read']);
    case 'adminSubmitToken':
      return apiToken(app, admin, ['submit']);
    case 'expiredToken':
      return apiToken(app, owner, ['read', 'submit', 'report'], 'expired');
    case 'revokedToken':
      return apiToken(app, owner, ['read', 'submit', 'report'], 'revoked');
    case 'mistypedToken':
      return (await apiToken(app, owner, ['read', 'submit', 'report'])).replace(/.$/, (last) => (last === '0' ? '1' : '0'));
    case 'taskToken':
      return taskToken(app, task);
    case 'otherTaskToken':
      return taskToken(app, await someTask(app, owner));
    case 'endedTaskToken':
      return endedToken(task, '1 minute');
    case 'longEndedTaskToken':
      return endedToken(task, '11 minutes');
  }
}

async function endedToken(task: SomeTask, ago: string): Promise<string> {
  await app.database.query(
    `UPDATE train_task SET status = 'SUCCESS', start_time = now() - interval '1 hour', end_time = now() - $2::interval WHERE id = $1`,
    [task.id, ago],
  );
  return taskToken(app, task);
}
