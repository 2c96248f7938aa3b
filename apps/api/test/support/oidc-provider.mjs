// A real OpenID Connect provider with whoever a test wants to be: `login_hint` of the interaction is the account. Prints its address when it listens.
import { createServer } from 'node:http';
import Provider from 'oidc-provider';

const people = JSON.parse(process.env.TEST_PEOPLE ?? '{}');
const server = createServer((request, response) => handle(request, response));
await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
const issuer = `http://127.0.0.1:${server.address().port}`;

const provider = new Provider(issuer, {
  clients: [
    {
      client_id: 'ledger',
      client_secret: 'a secret of the client',
      redirect_uris: process.env.TEST_REDIRECT_URIS.split(' '),
      grant_types: ['authorization_code'],
      response_types: ['code'],
    },
  ],
  claims: { openid: ['sub'], profile: ['name', 'preferred_username', 'groups'], email: ['email'] },
  pkce: { required: () => true },
  features: { devInteractions: { enabled: false } },
  cookies: { keys: ['of a test'] },
  findAccount: (_context, id) => ({ accountId: id, claims: async () => ({ sub: id, ...people[id] }) }),
  interactions: { url: (_context, { uid }) => `/interaction/${uid}` },
});
const callback = provider.callback();

async function handle(request, response) {
  const url = new URL(request.url, issuer);
  if (!url.pathname.startsWith('/interaction/')) return callback(request, response);
  const { prompt, params, session } = await provider.interactionDetails(request, response);
  const accountId = url.searchParams.get('as');
  if (prompt.name === 'login')
    return provider.interactionFinished(request, response, accountId === null ? { error: 'access_denied' } : { login: { accountId } });
  const grant = new provider.Grant({ accountId: session.accountId, clientId: params.client_id });
  grant.addOIDCScope(params.scope);
  return provider.interactionFinished(request, response, { consent: { grantId: await grant.save() } });
}

process.stdout.write(`${issuer}\n`);
