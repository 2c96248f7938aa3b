import { Inject, Injectable, Logger } from '@nestjs/common';
import {
  allowInsecureRequests,
  authorizationCodeGrant,
  buildAuthorizationUrl,
  calculatePKCECodeChallenge,
  discovery,
  fetchUserInfo,
  randomNonce,
  randomPKCECodeVerifier,
  randomState,
  type Configuration,
} from 'openid-client';
import { CONFIG } from '../config.module.js';
import type { Config, SingleSignOnConfig } from '../config.js';
import { Problem } from '../problem.js';

/** What must come back unchanged between the two halves of a sign-in. */
export interface SsoAttempt {
  state: string;
  nonce: string;
  codeVerifier: string;
}

/** Who the provider says it is. */
export interface SsoIdentity {
  /** Issuer and subject: the only claim about a person that never changes or moves to somebody else. */
  subject: string;
  username: string;
  displayName: string | null;
  email: string | null;
  groups: readonly string[];
}

/** Speaks OpenID Connect: authorization code with PKCE, state and nonce. */
@Injectable()
export class SsoClient {
  private readonly logger = new Logger(SsoClient.name);
  private found: Promise<Configuration> | undefined;

  constructor(@Inject(CONFIG) private readonly config: Config) {}

  /** @returns where to send the browser, and what to keep until it comes back */
  async begin(redirectUri: string): Promise<{ location: string; attempt: SsoAttempt }> {
    const { scopes } = this.settings();
    const provider = await this.provider();
    const attempt = { state: randomState(), nonce: randomNonce(), codeVerifier: randomPKCECodeVerifier() };
    const location = buildAuthorizationUrl(provider, {
      redirect_uri: redirectUri,
      scope: scopes,
      state: attempt.state,
      nonce: attempt.nonce,
      code_challenge: await calculatePKCECodeChallenge(attempt.codeVerifier),
      code_challenge_method: 'S256',
    });
    return { location: location.href, attempt };
  }

  /** @param url the address the browser came back to, whole @throws Error when anything about the answer is not as it must be */
  async complete(url: URL, attempt: SsoAttempt): Promise<SsoIdentity> {
    const { issuer, groupsClaim } = this.settings();
    const provider = await this.provider();
    const tokens = await authorizationCodeGrant(provider, url, {
      expectedState: attempt.state,
      expectedNonce: attempt.nonce,
      pkceCodeVerifier: attempt.codeVerifier,
      idTokenExpected: true,
    });
    const idToken = tokens.claims();
    if (idToken === undefined) throw new Error('the provider has answered without an ID token');
    // Many providers keep the ID token small and tell name and groups only at the userinfo endpoint.
    const more =
      provider.serverMetadata().userinfo_endpoint === undefined ? {} : await fetchUserInfo(provider, tokens.access_token, idToken.sub);
    return identityOf(`${issuer} ${idToken.sub}`, { ...idToken, ...more }, groupsClaim);
  }

  private settings(): SingleSignOnConfig {
    if (this.config.singleSignOn === null) throw new Problem('NOT_FOUND', 'Single sign-on is not set up here.');
    return this.config.singleSignOn;
  }

  /** Asked once, on the first sign-in: a provider that is down does not keep the Ledger from starting. */
  private async provider(): Promise<Configuration> {
    const { issuer, clientId, clientSecret } = this.settings();
    const options = issuer.startsWith('http:') ? { execute: [allowInsecureRequests] } : {};
    this.found ??= discovery(new URL(issuer), clientId, clientSecret, undefined, options);
    try {
      return await this.found;
    } catch (error) {
      this.found = undefined;
      this.logger.error({ err: error }, 'the single sign-on provider cannot be reached');
      throw new Problem('UNAVAILABLE', 'The single sign-on provider cannot be reached. Try again in a moment.');
    }
  }
}

function identityOf(subject: string, claims: Record<string, unknown>, groupsClaim: string): SsoIdentity {
  const email = textOf(claims['email']);
  const groups = claims[groupsClaim];
  return {
    subject,
    username: textOf(claims['preferred_username']) ?? email ?? textOf(claims['sub']) ?? '',
    displayName: textOf(claims['name']),
    email,
    groups: Array.isArray(groups) ? groups.filter((group) => typeof group === 'string') : [],
  };
}

function textOf(claim: unknown): string | null {
  return typeof claim === 'string' && claim.trim() !== '' ? claim.trim().slice(0, 200) : null;
}
