import { passwordComplaint } from '@lora-ledger/contracts/account-rules';
import { suggestPassword } from './new-password.js';

describe('a suggested password', () => {
  const many = Array.from({ length: 200 }, suggestPassword);

  it('can be read out: four groups without look-alikes', () => {
    expect(many.filter((password) => !/^([a-hj-km-np-z2-9]{4}-){3}[a-hj-km-np-z2-9]{4}$/.test(password))).toEqual([]);
  });
  it('is accepted by the rules', () => {
    expect(many.map((password) => passwordComplaint(password, 'lin.wei')).filter((complaint) => complaint !== null)).toEqual([]);
  });
  it('never comes twice', () => {
    expect(new Set(many).size).toBe(many.length);
  });
});
