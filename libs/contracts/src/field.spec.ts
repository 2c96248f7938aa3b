import { getMetadataStorage } from 'class-validator';
import 'reflect-metadata';
import type { BrokenRule } from './field.js';
import * as contracts from './index.js';

const NO_CHECKS = ['conditionalValidation', 'whitelistValidation'];

it('gives each check of a request a rule that the user interface has a sentence for', () => {
  const classes = Object.values(contracts).filter((one): one is new () => object => typeof one === 'function');
  const checks = classes
    .flatMap((one) => getMetadataStorage().getTargetValidationMetadatas(one, '', false, false))
    .filter(({ type }) => !NO_CHECKS.includes(type));
  expect(checks.length).toBeGreaterThan(100);
  const nameless = checks.filter(({ context }) => !contracts.FIELD_RULES.includes((context as BrokenRule | undefined)?.rule as never));
  expect(nameless.map(({ target, propertyName, name }) => `${(target as { name: string }).name}.${propertyName}: ${name}`)).toEqual([]);
});
