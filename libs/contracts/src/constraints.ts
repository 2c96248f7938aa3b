import { ValidatorConstraint, type ValidationArguments, type ValidatorConstraintInterface } from 'class-validator';
import { isWellFormed } from './task-words.js';

/** A date, or a time with or without seconds and zone; zones as far as PostgreSQL takes them. */
const TIME = /^(?!0000)\d{4}-\d\d-\d\d(T\d\d:\d\d(:\d\d(\.\d{1,9})?)?(Z|[+-](0\d|1[0-4]):[0-5]\d)?)?$/;

@ValidatorConstraint({ name: 'greaterThan' })
export class GreaterThan implements ValidatorConstraintInterface {
  validate(value: unknown, { constraints }: ValidationArguments): boolean {
    return typeof value === 'number' && value > Number(constraints[0]);
  }
  defaultMessage({ property, constraints }: ValidationArguments): string {
    return `${property} must be greater than ${String(constraints[0])}`;
  }
}

@ValidatorConstraint({ name: 'isTime' })
export class IsTime implements ValidatorConstraintInterface {
  validate(value: unknown): boolean {
    return typeof value === 'string' && TIME.test(value) && !Number.isNaN(Date.parse(value)) && isDayOfItsMonth(value);
  }
  defaultMessage({ property }: ValidationArguments): string {
    return `${property} must be an ISO-8601 date or time of the years 0001 to 9999, for example 2026-01-31T12:00:00Z`;
  }
}

/** Half of a character that needs two UTF-16 units, without its other half: no encoding of Unicode can store it. */
@ValidatorConstraint({ name: 'wellFormed' })
export class WellFormed implements ValidatorConstraintInterface {
  validate(value: unknown): boolean {
    return typeof value !== 'string' || isWellFormed(value);
  }
  defaultMessage({ property }: ValidationArguments): string {
    return `${property} must not contain half a character (an unpaired surrogate)`;
  }
}

@ValidatorConstraint({ name: 'notBlank' })
export class NotBlank implements ValidatorConstraintInterface {
  validate(value: unknown): boolean {
    return typeof value === 'string' && /\S/.test(value);
  }
  defaultMessage({ property }: ValidationArguments): string {
    return `${property} should not be empty`;
  }
}

@ValidatorConstraint({ name: 'storable' })
export class Storable implements ValidatorConstraintInterface {
  validate(value: unknown): boolean {
    return isStorable(value);
  }
  defaultMessage({ property }: ValidationArguments): string {
    return `${property} must not contain NUL characters, unpaired surrogates or numbers beyond 1.8e308`;
  }
}

@ValidatorConstraint({ name: 'textMap' })
export class TextMap implements ValidatorConstraintInterface {
  validate(value: unknown): boolean {
    return (
      typeof value === 'object' &&
      value !== null &&
      Object.entries(value).every(([key, text]) => key !== '' && typeof text === 'string' && text.length <= 1000)
    );
  }
  defaultMessage({ property }: ValidationArguments): string {
    return `${property} must give each name one text of at most 1000 characters`;
  }
}

@ValidatorConstraint({ name: 'numberMap' })
export class NumberMap implements ValidatorConstraintInterface {
  validate(value: unknown): boolean {
    return (
      typeof value === 'object' &&
      value !== null &&
      Object.entries(value).every(([key, number]) => key !== '' && typeof number === 'number' && Number.isFinite(number))
    );
  }
  defaultMessage({ property }: ValidationArguments): string {
    return `${property} must give each name one number`;
  }
}

/** JavaScript takes 30 February for 2 March; PostgreSQL refuses it. */
function isDayOfItsMonth(time: string): boolean {
  const [year = 0, month = 0, day = 0] = time.slice(0, 10).split('-').map(Number);
  const last = new Date(0);
  last.setUTCFullYear(year, month, 0);
  return day <= last.getUTCDate();
}

/** Whether PostgreSQL's `jsonb` keeps the value as it is. */
function isStorable(value: unknown): boolean {
  if (typeof value === 'string') return !value.includes('\0') && isWellFormed(value);
  if (typeof value === 'number') return Number.isFinite(value);
  return typeof value !== 'object' || value === null || Object.entries(value).every(([key, child]) => isStorable(key) && isStorable(child));
}
