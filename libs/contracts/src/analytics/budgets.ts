import { BUDGET_SUBJECTS, type BudgetSubject } from '../analytics-names.js';
import { ChoiceField, NestedListField, NumberField, TextField, TimeField } from '../field.js';

export class SetBudget {
  @ChoiceField({ description: 'Whose', choices: BUDGET_SUBJECTS }) of: BudgetSubject;
  @TextField({ description: 'Username or model', max: 300 }) name: string;
  @NumberField({
    description: 'What a calendar month (UTC) may cost; null takes the budget away',
    min: 0,
    minExclusive: true,
    max: 1e12,
    optional: true,
  })
  monthly?: number | null;
  @NumberField({ description: 'Fraction from which to warn; 0.8 when absent', min: 0, minExclusive: true, max: 1, optional: true })
  warnAt?: number | null;
}

export class Budget {
  @ChoiceField({ description: 'Whose', choices: BUDGET_SUBJECTS }) of: BudgetSubject;
  @TextField({ description: 'Username or model', max: 300 }) name: string;
  @NumberField({ description: 'What a calendar month may cost', min: 0 }) monthly: number;
  @NumberField({ description: 'Fraction from which to warn', min: 0, max: 1 }) warnAt: number;
  @NumberField({ description: 'Spent this month (UTC), by tasks created in it', min: 0 }) spent: number;
  @ChoiceField({ description: '`warn`: beyond warnAt; `over`: beyond the budget', choices: ['ok', 'warn', 'over'] }) level:
    'ok' | 'warn' | 'over';
}

export class Budgets {
  @TimeField({ description: 'Begin of the month, in UTC' }) from: string;
  @NestedListField({ description: 'The tightest first. Admins see all, others their own', max: 10_000 }, () => Budget) items: Budget[];
}
