import { Injectable } from '@nestjs/common';
import { JwtService } from '@nestjs/jwt';
import { Settings } from './settings.js';

/** Seconds. */
export const ACCESS_TOKEN_LIFE = 15 * 60;
const ISSUER = 'lora-ledger';

interface Claims {
  sub: string;
  /** Random secret of which the session keeps the hash: neither the signing key nor the database alone is enough to forge a token. */
  jti: string;
}

/** Short-lived bearer tokens for scripts. Each belongs to a session and dies with it. */
@Injectable()
export class AccessTokens {
  constructor(
    private readonly jwt: JwtService,
    private readonly settings: Settings,
  ) {}

  async sign(userId: string, secret: string): Promise<string> {
    return this.jwt.signAsync({ sub: userId, jti: secret } satisfies Claims, {
      secret: this.settings.signingKey,
      algorithm: 'HS256',
      issuer: ISSUER,
      expiresIn: ACCESS_TOKEN_LIFE,
    });
  }

  /** @returns the secret of its session, or `null` for a token that is forged, expired or no token at all */
  async read(token: string): Promise<string | null> {
    try {
      const claims = await this.jwt.verifyAsync<Claims>(token, { secret: this.settings.signingKey, algorithms: ['HS256'], issuer: ISSUER });
      return claims.jti;
    } catch {
      return null;
    }
  }
}
