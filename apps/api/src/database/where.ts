/**
 * Collects the conditions of one statement and the values bound to them. Text from callers only ever enters by `bind`;
 * whoever writes a condition writes SQL constants.
 */
export class Where {
  private readonly conditions: string[] = [];

  constructor(readonly parameters: unknown[] = []) {}

  /** Binds a value and answers its placeholder, with a cast where PostgreSQL could not guess the type. */
  bind(value: unknown, type?: string): string {
    this.parameters.push(value);
    return type === undefined ? `$${this.parameters.length}` : `$${this.parameters.length}::${type}`;
  }

  and(condition: string): this {
    this.conditions.push(condition);
    return this;
  }

  /** `WHERE …`, or nothing when everything is wanted. */
  get sql(): string {
    return this.conditions.length === 0 ? '' : `WHERE ${this.conditions.map((condition) => `(${condition})`).join(' AND ')}`;
  }
}
