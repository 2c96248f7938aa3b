import { Injectable, Logger } from '@nestjs/common';
import { Interval } from '@nestjs/schedule';
import { Sessions } from './sessions.js';
import { SignInThrottle } from './sign-in-throttle.js';
import { TaskTokens } from './task-tokens.js';

const HOUR_MS = 3_600_000;

/** Clears away what has expired. Nothing depends on it: expired rows are refused wherever they are read. */
@Injectable()
export class AuthSweeper {
  private readonly logger = new Logger(AuthSweeper.name);

  constructor(
    private readonly sessions: Sessions,
    private readonly throttle: SignInThrottle,
    private readonly taskTokens: TaskTokens,
  ) {}

  @Interval(HOUR_MS)
  async sweep(): Promise<void> {
    try {
      await Promise.all([this.sessions.forgetOld(), this.throttle.forgetOld(), this.taskTokens.forgetOld()]);
    } catch (error) {
      this.logger.warn({ err: error }, 'expired sessions and tokens could not be cleared away');
    }
  }
}
