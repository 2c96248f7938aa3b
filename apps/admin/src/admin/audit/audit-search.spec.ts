import { auditExportUrl, parseAuditSearch, toAuditQuery } from './audit-search.js';

describe('the state of the audit log in the address', () => {
  it('takes filters and leaves out what makes no sense', () => {
    const raw = {
      actor: ' ada ',
      action: ['user.changed'],
      subject: '42',
      from: 'yesterday',
      to: '2026-01-01T00:00:00.000Z',
      last: '8d',
      page: '2',
    };
    expect(parseAuditSearch(raw)).toEqual({ actor: 'ada', subject: '42', to: '2026-01-01T00:00:00.000Z' });
  });
  it('becomes a question to the API, with the edge of a moving range', () => {
    expect(toAuditQuery({ actor: 'ada', last: '24h' }, Date.UTC(2026, 0, 2))).toEqual({ actor: 'ada', from: '2026-01-01T00:00:00.000Z' });
  });
  it('becomes the address of a file of all it selects', () => {
    expect(auditExportUrl({ action: 'user.', actor: 'a&b' }, 'csv', 0)).toBe('/api/audit-log/export?format=csv&action=user.&actor=a%26b');
  });
});
