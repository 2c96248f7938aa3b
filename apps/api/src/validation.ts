import { ValidationPipe, type ArgumentMetadata } from '@nestjs/common';
import type { BrokenRule, FieldError } from '@lora-ledger/contracts';
import { plainToInstance } from 'class-transformer';
import { validateSync, type ValidationError, type ValidatorOptions } from 'class-validator';
import { Problem, wrongContentType } from './problem.js';

/** Unknown fields are refused: a misspelt parameter must not be a parameter silently lost. */
const RULES: ValidatorOptions = {
  whitelist: true,
  forbidNonWhitelisted: true,
  forbidUnknownValues: true,
  validationError: { target: false, value: false },
};
/** Deeper than any configuration; what walks a body recursively is safe up to here. */
const MAX_DEPTH = 64;
/** What turns a body into an instance passes over these names without a word. */
const RESERVED = ['__proto__', 'constructor'] as const;

export function validationPipe(): ValidationPipe {
  return new ShapeThenRules({ ...RULES, transform: true, exceptionFactory: (errors) => Problem.invalid(flatten(errors)) });
}

/** Nest's pipe fails in unreadable ways on a body that is no object, so that is looked at first. */
class ShapeThenRules extends ValidationPipe {
  override async transform(value: unknown, metadata: ArgumentMetadata): Promise<unknown> {
    if ((metadata.type === 'body' || metadata.type === 'query') && value != null && this.toValidate(metadata)) requireObject(value);
    return super.transform(value, metadata);
  }
}

/** The same check for a value that did not come as a handler's parameter (a parsed file, the overrides of a clone). @throws Problem VALIDATION */
export function validateAs<T extends object>(type: new () => T, value: unknown): T {
  requireObject(value);
  const instance = plainToInstance(type, value);
  const errors = validateSync(instance, RULES);
  if (errors.length > 0) throw Problem.invalid(flatten(errors));
  return instance;
}

/** @throws Problem VALIDATION; UNSUPPORTED_FORMAT for a body that came as text or bytes */
export function requireObject(value: unknown): asserts value is object {
  if (typeof value === 'string' || Buffer.isBuffer(value)) throw wrongContentType();
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw Problem.invalid([{ path: '', message: 'the body must be a JSON object', rule: 'type' }]);
  }
  requirePlain(value);
}

/** Level by level, because a recursive look would itself fail on what it looks for. */
function requirePlain(value: object): void {
  let level: unknown[] = [value];
  for (let depth = 0; level.length > 0; depth += 1) {
    if (depth > MAX_DEPTH)
      throw Problem.invalid([
        { path: '', message: `the body must not nest deeper than ${MAX_DEPTH} levels`, rule: 'tooDeep', limit: MAX_DEPTH },
      ]);
    level = level.flatMap((one) => {
      if (typeof one !== 'object' || one === null) return [];
      const reserved = RESERVED.find((name) => Object.hasOwn(one, name));
      if (reserved !== undefined)
        throw Problem.invalid([{ path: reserved, message: `${reserved} cannot be the name of anything here`, rule: 'unknown' }]);
      return Object.values(one) as unknown[];
    });
  }
}

function flatten(errors: ValidationError[], parent = ''): FieldError[] {
  return errors.flatMap((error) => {
    const path = (parent === '' ? error.property : `${parent}.${error.property}`).slice(0, 200);
    const own = Object.entries(error.constraints ?? {}).map(([rule, message]) => ({
      path,
      message: rule === 'whitelistValidation' ? `${error.property.slice(0, 100)} is not a field of this request` : message,
      ...brokenRule(error, rule),
    }));
    return [...own.slice(-1), ...flatten(error.children ?? [], path)];
  });
}

/** A check's own name and bound (see `field.ts`); what has none is a field that does not exist or a value that is no object. */
function brokenRule({ contexts }: ValidationError, name: string): BrokenRule {
  return (contexts?.[name] as BrokenRule | undefined) ?? { rule: name === 'whitelistValidation' ? 'unknown' : 'type' };
}
