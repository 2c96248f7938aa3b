import { Body, Controller, Get, HttpCode, Post, Req, Res } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { AuthStatus, ChangePassword, Credentials, Me, SetupRequest, SignedIn } from '@lora-ledger/contracts';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Describe } from '../openapi.js';
import { Access } from './access.js';
import { CurrentUser, type UserCaller } from './caller.js';
import { ProfileService } from './profile.service.js';
import { SignInService } from './sign-in.service.js';

@ApiTags('Sign-in')
@Controller('auth')
export class AuthController {
  constructor(
    private readonly signIn: SignInService,
    private readonly profile: ProfileService,
  ) {}

  @Access('public')
  @Describe(SignedIn, {
    summary: 'Sign in with username and password',
    description: 'Sets the session cookie. Scripts take `accessToken` instead.',
  })
  @Post('login')
  @HttpCode(200)
  login(@Body() body: Credentials, @Req() request: FastifyRequest, @Res({ passthrough: true }) reply: FastifyReply): Promise<SignedIn> {
    return this.signIn.signIn(body, request, reply);
  }

  @Access('public')
  @Describe(SignedIn, { summary: 'Create the first admin with the code printed at the console', problems: ['STATE_CONFLICT'] })
  @Post('setup')
  @HttpCode(200)
  setup(@Body() body: SetupRequest, @Req() request: FastifyRequest, @Res({ passthrough: true }) reply: FastifyReply): Promise<SignedIn> {
    return this.signIn.setUp(body, request, reply);
  }

  @Access('person')
  @Describe(null, { summary: 'End this session', status: 204 })
  @Post('logout')
  @HttpCode(204)
  logout(@Req() request: FastifyRequest, @Res({ passthrough: true }) reply: FastifyReply): Promise<void> {
    return this.profile.signOut(request, reply);
  }

  @Access('public')
  @Describe(AuthStatus, { summary: 'What a page needs to know before anybody has signed in' })
  @Get('status')
  status(): Promise<AuthStatus> {
    return this.profile.status();
  }

  @Access('signed-in')
  @Describe(Me, { summary: 'Who is calling' })
  @Get('me')
  me(@CurrentUser() caller: UserCaller, @Req() request: FastifyRequest): Promise<Me> {
    return this.profile.me(caller, request);
  }

  @Access('person')
  @Describe(SignedIn, { summary: 'Change the own password', description: 'Ends all other sessions and begins a new one.' })
  @Post('password')
  @HttpCode(200)
  password(
    @CurrentUser() caller: UserCaller,
    @Body() body: ChangePassword,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<SignedIn> {
    return this.signIn.changePassword(caller, body.currentPassword, body.newPassword, request, reply);
  }
}
