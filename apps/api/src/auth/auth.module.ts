import { Module } from '@nestjs/common';
import { APP_GUARD, DiscoveryModule } from '@nestjs/core';
import { JwtModule } from '@nestjs/jwt';
import { AuditModule } from '../audit/audit.module.js';
import { AccessGuard } from './access.guard.js';
import { AccessTokens } from './access-tokens.js';
import { ApiTokensController } from './api-tokens.controller.js';
import { ApiTokensService } from './api-tokens.service.js';
import { AuthController } from './auth.controller.js';
import { AuthSweeper } from './auth-sweeper.js';
import { CallerLookup } from './caller-lookup.js';
import { Passwords } from './passwords.js';
import { ProfileService } from './profile.service.js';
import { RouteCheck } from './route-check.js';
import { Sessions } from './sessions.js';
import { SessionsController } from './sessions.controller.js';
import { Settings } from './settings.js';
import { SetupService } from './setup.service.js';
import { SharesController } from './shares.controller.js';
import { SharesService } from './shares.service.js';
import { SignInService } from './sign-in.service.js';
import { SignInThrottle } from './sign-in-throttle.js';
import { SsoClient } from './sso-client.js';
import { SsoController } from './sso.controller.js';
import { SsoService } from './sso.service.js';
import { SsoUsers } from './sso-users.js';
import { TaskTokens } from './task-tokens.js';
import { UsersController } from './users.controller.js';
import { UsersService } from './users.service.js';

@Module({
  imports: [DiscoveryModule, JwtModule.register({}), AuditModule],
  controllers: [AuthController, SsoController, SessionsController, ApiTokensController, UsersController, SharesController],
  providers: [
    AccessTokens,
    ApiTokensService,
    AuthSweeper,
    CallerLookup,
    Passwords,
    ProfileService,
    RouteCheck,
    Sessions,
    Settings,
    SetupService,
    SharesService,
    SignInService,
    SignInThrottle,
    SsoClient,
    SsoService,
    SsoUsers,
    TaskTokens,
    UsersService,
    { provide: APP_GUARD, useClass: AccessGuard },
  ],
  exports: [CallerLookup, RouteCheck, SetupService, TaskTokens],
})
export class AuthModule {}
