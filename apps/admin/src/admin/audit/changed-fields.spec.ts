import { actionsOf, isAuditAction, isAuditArea } from './audit-actions.js';
import { changedFields, isEmptyValue, isHidden } from './changed-fields.js';

describe('what a line of the log says has changed', () => {
  it('is one row per field', () => {
    expect(changedFields({ role: { from: 'member', to: 'admin' }, password: {} })).toEqual([
      { field: 'role', from: 'member', to: 'admin' },
      { field: 'password', from: undefined, to: undefined },
    ]);
    expect(changedFields(null)).toEqual([]);
  });
  it('is hidden when only the fact is recorded', () => {
    expect(changedFields({ role: { to: 'admin' }, password: {} }).map(isHidden)).toEqual([false, true]);
  });
  it('is nothing when it is empty, but not when it is false or 0', () => {
    expect([null, undefined, '', []].every(isEmptyValue)).toBe(true);
    expect([false, 0, 'x', ['x'], {}].some(isEmptyValue)).toBe(false);
  });
});

describe('actions of the log', () => {
  it('are known by area and name', () => {
    expect(actionsOf('api-token')).toEqual(['api-token.created', 'api-token.revoked']);
    expect(isAuditAction('task.shared')).toBe(true);
    expect(isAuditAction('task.')).toBe(false);
    expect(isAuditArea('toString')).toBe(false);
  });
});
