import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { Transform, Type } from 'class-transformer';
import {
  ArrayMaxSize,
  IsArray,
  IsBoolean,
  IsIn,
  IsInt,
  IsNumber,
  IsObject,
  IsOptional,
  IsString,
  IsUUID,
  Matches,
  Max,
  MaxLength,
  Min,
  Validate,
  ValidateNested,
  type ValidationOptions,
} from 'class-validator';
import { GreaterThan, IsTime, NotBlank, NumberMap, Storable, TextMap, WellFormed } from './constraints.js';
import type { FieldRule } from './problem.js';
import { MANY_LINES, ONE_LINE } from './task-words.js';

/**
 * One decorator per field that both checks the value and describes it in the OpenAPI document, so that the two cannot disagree.
 * All take a description; `optional` fields may be absent or `null`.
 */
interface Common {
  description: string;
  optional?: boolean;
  example?: unknown;
}
interface Bounds extends Common {
  min?: number;
  max?: number;
  /** The lower bound itself is refused. */
  minExclusive?: boolean;
}

type Decorator = PropertyDecorator;

/** Gives a check the name and the bound by which its refusal is said in any language. */
const as = (rule: FieldRule, limit?: number): ValidationOptions => ({
  context: { rule, ...(limit === undefined ? {} : { limit }) } satisfies BrokenRule,
});
const each = { each: true };

/** What the refusal of a check comes with. */
export interface BrokenRule {
  rule: FieldRule;
  limit?: number;
}

function compose(common: Common, schema: Record<string, unknown>, ...checks: Decorator[]): Decorator {
  const { description, optional = false, example } = common;
  const described = { description, ...(example === undefined ? {} : { example }), ...schema };
  const all = [
    optional ? ApiPropertyOptional({ nullable: true, ...described }) : ApiProperty(described),
    ...(optional ? [IsOptional()] : []),
    ...checks,
  ];
  return (target, property) => all.forEach((decorate) => decorate(target, property));
}

/** `raw`: program output, where escape codes and carriage returns belong. */
export function TextField(
  options: Common & { max: number; lines?: 'one' | 'many'; raw?: boolean; empty?: boolean; pattern?: RegExp; patternHint?: string },
): Decorator {
  const { max, lines = 'one', raw = false, empty = options.optional === true, pattern, patternHint } = options;
  return compose(
    options,
    { type: 'string', maxLength: max, ...(empty ? {} : { minLength: 1 }), ...(pattern ? { pattern: pattern.source } : {}) },
    IsString(as('type')),
    MaxLength(max, as('tooLong', max)),
    ...(raw
      ? []
      : [
          Validate(WellFormed, as('controlCharacters')),
          Matches(lines === 'one' ? ONE_LINE : MANY_LINES, {
            ...as('controlCharacters'),
            message: '$property must not contain control characters',
          }),
        ]),
    ...(empty ? [] : [Validate(NotBlank, as('required'))]),
    ...(pattern ? [Matches(pattern, { ...as('format'), ...(patternHint ? { message: `$property ${patternHint}` } : {}) })] : []),
  );
}

/** Bounds that are not given are those up to which numbers in JSON are exact. */
export function IntegerField(options: Bounds): Decorator {
  return numeric({ min: -Number.MAX_SAFE_INTEGER, max: Number.MAX_SAFE_INTEGER, ...options }, 'integer', IsInt(as('integer')));
}

export function NumberField(options: Bounds): Decorator {
  return numeric(options, 'number', IsNumber({ allowNaN: false, allowInfinity: false }, as('type')));
}

function numeric({ min, max, minExclusive, ...common }: Bounds, type: 'integer' | 'number', check: Decorator): Decorator {
  const schema = {
    type,
    ...(min === undefined ? {} : minExclusive ? { exclusiveMinimum: min } : { minimum: min }),
    ...(max === undefined ? {} : { maximum: max }),
  };
  return compose(
    common,
    schema,
    check,
    ...(min === undefined ? [] : [minExclusive ? Validate(GreaterThan, [min], as('minExclusive', min)) : Min(min, as('min', min))]),
    ...(max === undefined ? [] : [Max(max, as('max', max))]),
  );
}

export function BooleanField(options: Common): Decorator {
  return compose(options, { type: 'boolean' }, IsBoolean(as('type')));
}

export function ChoiceField(options: Common & { choices: readonly string[] }): Decorator {
  return compose(options, { type: 'string', enum: [...options.choices] }, IsIn([...options.choices], as('choice')));
}

export function UuidField(options: Common): Decorator {
  return compose(options, { type: 'string', format: 'uuid' }, IsUUID(undefined, as('format')));
}

/** ISO-8601, in answers always UTC with milliseconds. */
export function TimeField(options: Common): Decorator {
  return compose(options, { type: 'string', format: 'date-time' }, Validate(IsTime, as('type')));
}

/** Free JSON: its content is checked by the domain's own rules, not here. */
export function JsonField(options: Common): Decorator {
  return compose(
    options,
    { type: 'object', additionalProperties: true },
    IsObject(as('type')),
    Validate(Storable, as('controlCharacters')),
  );
}

/** Names with one text each. */
export function TextMapField(options: Common): Decorator {
  return compose(
    options,
    { type: 'object', additionalProperties: { type: 'string', maxLength: 1000 } },
    IsObject(as('type')),
    Validate(Storable, as('controlCharacters')),
    Validate(TextMap, as('type')),
  );
}

/** Names with one number each; in a query string numbers arrive as text. */
export function NumberMapField(options: Common): Decorator {
  const read = (one: unknown): unknown =>
    typeof one === 'string' && one.trim() !== '' && Number.isFinite(Number(one)) ? Number(one) : one;
  const toNumbers = Transform(({ value }: { value: unknown }) =>
    typeof value === 'object' && value !== null && !Array.isArray(value)
      ? Object.fromEntries(Object.entries(value).map(([key, one]) => [key, read(one)]))
      : value,
  );
  return compose(
    options,
    { type: 'object', additionalProperties: { type: 'number' } },
    toNumbers,
    IsObject(as('type')),
    Validate(Storable, as('controlCharacters')),
    Validate(NumberMap, as('type')),
  );
}

export function TextListField(
  options: Common & { max: number; itemMax: number; choices?: readonly string[]; uuid?: boolean; pattern?: RegExp; patternHint?: string },
): Decorator {
  const { max, itemMax, choices, uuid, pattern, patternHint } = options;
  const items = {
    type: 'string',
    ...(choices ? { enum: [...choices] } : { maxLength: itemMax }),
    ...(uuid ? { format: 'uuid' } : {}),
    ...(pattern ? { pattern: pattern.source } : {}),
  };
  return compose(
    options,
    { type: 'array', items, maxItems: max },
    IsArray(as('type')),
    ArrayMaxSize(max, as('tooMany', max)),
    IsString({ ...each, ...as('type') }),
    MaxLength(itemMax, { ...each, ...as('tooLong', itemMax) }),
    Validate(WellFormed, { ...each, ...as('controlCharacters') }),
    Matches(ONE_LINE, {
      ...each,
      ...as('controlCharacters'),
      message: 'each value in $property must not contain control characters',
    }),
    Validate(NotBlank, { ...each, ...as('required'), message: 'each value in $property should not be empty' }),
    ...(choices ? [IsIn([...choices], { ...each, ...as('choice') })] : []),
    ...(pattern ? [Matches(pattern, { ...each, ...as('format'), message: `each value in $property ${patternHint ?? 'must match'}` })] : []),
    ...(uuid ? [IsUUID(undefined, { ...each, ...as('format') })] : []),
  );
}

/** Nest tells a class from a function that answers one by the name: only a function named `type` is called. */
const later = (make: () => new () => object): { type: () => new () => object } => ({ type: () => make() });

export function NestedField(options: Common, type: () => new () => object): Decorator {
  return compose(options, later(type), IsObject(as('type')), ValidateNested(as('type')), Type(type));
}

export function NestedListField(options: Common & { max: number }, type: () => new () => object): Decorator {
  return compose(
    options,
    { ...later(type), isArray: true, maxItems: options.max },
    IsArray(as('type')),
    ArrayMaxSize(options.max, as('tooMany', options.max)),
    ValidateNested({ ...each, ...as('type') }),
    Type(type),
  );
}

/** A query parameter that may be given once or repeated, with `commas` also as one list; handlers always see a list. */
export function RepeatableQuery({ commas = false }: { commas?: boolean } = {}): Decorator {
  return Transform(({ value }: { value: unknown }) => {
    if (value === undefined) return undefined;
    const values = [value].flat();
    return commas ? values.flatMap((one) => (typeof one === 'string' ? one.split(',') : [one])) : values;
  });
}

/** Query values arrive as text; a text that is no number stays text, so that the number check refuses it. */
export function NumericQuery(): Decorator {
  return Transform(({ value }: { value: unknown }) =>
    typeof value === 'string' && value.trim() !== '' && Number.isFinite(Number(value)) ? Number(value) : value,
  );
}

export function BooleanQuery(): Decorator {
  return Transform(({ value }: { value: unknown }) => (value === 'true' ? true : value === 'false' ? false : value));
}
