import { applyDecorators, type INestApplication, type Type } from '@nestjs/common';
import {
  ApiBearerAuth,
  ApiCookieAuth,
  ApiOperation,
  ApiResponse,
  DocumentBuilder,
  SwaggerModule,
  type OpenAPIObject,
} from '@nestjs/swagger';
import { FIELD_RULES, PROBLEM_REASONS, PROBLEMS, type ProblemCode } from '@lora-ledger/contracts';

interface Described {
  summary: string;
  description?: string;
  /** Status of success; 200 when absent. */
  status?: number;
  /** Problems this operation answers beside the common ones. */
  problems?: readonly ProblemCode[];
  /** Content types other than JSON. */
  produces?: Record<string, object>;
}

const COMMON: readonly ProblemCode[] = ['VALIDATION', 'UNAUTHENTICATED', 'FORBIDDEN', 'RATE_LIMITED', 'UNAVAILABLE', 'INTERNAL'];

/** Describes an operation in the OpenAPI document: what it does, what it answers, how it can fail. */
export function Describe(answer: Type | null, { summary, description, status = 200, problems = [], produces }: Described): MethodDecorator {
  const codes = [...new Set([...COMMON, ...problems])];
  const failures = codes.map((code) =>
    ApiResponse({
      status: PROBLEMS[code].status,
      description: `${code}: ${PROBLEMS[code].title}`,
      content: { 'application/problem+json': { schema: PROBLEM_SCHEMA } },
    }),
  );
  const success =
    answer === null
      ? ApiResponse({
          status,
          description: 'Done',
          ...(produces ? { content: Object.fromEntries(Object.entries(produces).map(([type, schema]) => [type, { schema }])) } : {}),
        })
      : ApiResponse({ status, description: 'Done', type: answer });
  return applyDecorators(
    ApiOperation({ summary, ...(description ? { description } : {}) }),
    ApiBearerAuth(),
    ApiCookieAuth('ledger_session'),
    success,
    ...failures,
  );
}

const PROBLEM_SCHEMA = {
  type: 'object' as const,
  required: ['type', 'title', 'status', 'detail', 'code', 'requestId'],
  properties: {
    type: { type: 'string' as const },
    title: { type: 'string' as const },
    status: { type: 'integer' as const },
    detail: { type: 'string' as const, description: 'What is wrong and what to change' },
    code: { type: 'string' as const, enum: Object.keys(PROBLEMS) },
    reason: {
      type: 'string' as const,
      enum: [...PROBLEM_REASONS],
      description: 'What exactly is wrong where the code covers several things; what it names stands beside it, as `limit` or `line`',
    },
    errors: {
      type: 'array' as const,
      items: {
        type: 'object' as const,
        required: ['path', 'message', 'rule'],
        properties: {
          path: { type: 'string' as const },
          message: { type: 'string' as const },
          rule: { type: 'string' as const, enum: [...FIELD_RULES], description: 'The rule that was broken' },
          limit: { type: 'number' as const, description: 'The bound that was passed over, where the rule has one' },
        },
      },
    },
    requestId: { type: 'string' as const },
  },
};

export function openApiDocument(app: INestApplication): OpenAPIObject {
  const config = new DocumentBuilder()
    .setTitle('LoRA Ledger')
    .setDescription('Every LoRA training recorded by itself: submit, watch, find, compare, clone. Errors are RFC 9457 problems.')
    .setVersion('1')
    .addBearerAuth({
      type: 'http',
      scheme: 'bearer',
      description: 'An access token, a personal API token, or on report routes the token of the task',
    })
    .addCookieAuth('ledger_session')
    .build();
  return SwaggerModule.createDocument(app, config);
}
