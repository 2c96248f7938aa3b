import { ValidationPipe } from '@nestjs/common';
import type { FieldError } from '@lora-ledger/contracts';
import { plainToInstance } from 'class-transformer';
import { validateSync, type ValidationError, type ValidatorOptions } from 'class-validator';
import { Problem } from './problem.js';

/** Unknown fields are refused: a misspelt parameter must not be a parameter silently lost. */
const RULES: ValidatorOptions = { whitelist: true, forbidNonWhitelisted: true, forbidUnknownValues: true, validationError: { target: false, value: false } };

export function validationPipe(): ValidationPipe {
  return new ValidationPipe({ ...RULES, transform: true, exceptionFactory: (errors) => Problem.invalid(flatten(errors)) });
}

/** The same check for a value that did not come as a handler's parameter (a parsed file, the overrides of a clone). @throws Problem VALIDATION */
export function validateAs<T extends object>(type: new () => T, value: unknown, path = ''): T {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw Problem.invalid([{ path, message: 'a JSON object is expected here' }]);
  }
  const instance = plainToInstance(type, value);
  const errors = validateSync(instance, RULES);
  if (errors.length > 0) throw Problem.invalid(flatten(errors, path));
  return instance;
}

function flatten(errors: ValidationError[], parent = ''): FieldError[] {
  return errors.flatMap((error) => {
    const path = parent === '' ? error.property : `${parent}.${error.property}`;
    const own = Object.entries(error.constraints ?? {}).map(([rule, message]) => ({
      path,
      message: rule === 'whitelistValidation' ? `${error.property.slice(0, 100)} is not a field of this request` : message,
      rule: RULE_NAMES[rule] ?? rule,
    }));
    return [...own.slice(-1), ...flatten(error.children ?? [], path)];
  });
}

/** class-validator's names for what the domain calls otherwise (see `ConfigRule`), so that one sentence per language serves both. */
const RULE_NAMES: Record<string, string> = {
  whitelistValidation: 'unknown', isString: 'type', isNumber: 'type', isBoolean: 'type', isObject: 'type', isArray: 'type', isInt: 'integer',
  min: 'min', max: 'max', greaterThan: 'minExclusive', maxLength: 'tooLong', isNotEmpty: 'required', matches: 'controlCharacters', isIn: 'choice',
};
