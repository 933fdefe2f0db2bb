import { describe, expect, it } from 'vitest';
import { chooseActor } from './choose-actor.ts';
import { PERMISSIONS, permissionsOf } from './permissions.ts';
import { addressBlock } from './attempts.ts';
import { hashPassword, verifyPassword } from './password-hash.ts';

const place = { brandId: 'brd_1', address: '127.0.0.1' };
const both = {
  userId: 'usr_1',
  staff: [{ sellerId: 'sel_1', role: 'billing' }],
  members: [
    { clientId: 'cli_1', branch: 4 },
    { clientId: 'cli_2', branch: 5 },
  ],
};

describe('who a person acts as', () => {
  it('is staff before client, unless they chose', () => {
    expect(chooseActor(both, null, place, null)).toMatchObject({
      kind: 'staff',
      sellerId: 'sel_1',
    });
    expect(chooseActor(both, 'cli_2', place, null)).toMatchObject({ kind: 'client', branch: 5 });
    expect(chooseActor(both, 'sel_1', place, null)).toMatchObject({ kind: 'staff' });
  });

  it('is nobody they no longer belong to, whatever they chose before', () => {
    const gone = { ...both, staff: [], members: [both.members[0] ?? { clientId: '', branch: 0 }] };
    expect(chooseActor(gone, 'sel_1', place, null)).toMatchObject({
      kind: 'client',
      clientId: 'cli_1',
    });
    const nowhere = { ...gone, members: [] };
    expect(chooseActor(nowhere, 'cli_1', place, null)).toEqual({ kind: 'anonymous', ...place });
  });
});

describe('roles', () => {
  it('give the owner everything and an unknown role nothing', () => {
    expect(permissionsOf('owner')).toEqual(PERMISSIONS);
    expect(permissionsOf('constructor')).toEqual([]);
  });

  it('let billing confirm payments and support not', () => {
    expect(permissionsOf('billing')).toContain('payments.confirm');
    expect(permissionsOf('support')).not.toContain('payments.confirm');
    expect(permissionsOf('technician')).not.toContain('clients.write');
  });
});

describe('an address that is counted', () => {
  it('is one IPv4 address, however written, or one IPv6 network', () => {
    expect(addressBlock('203.0.113.7')).toBe('203.0.113.7');
    expect(addressBlock('::ffff:203.0.113.7')).toBe('203.0.113.7');
    expect(addressBlock('2001:db8:1:2:3:4:5:6')).toBe('2001:db8:1:2::/64');
    expect(addressBlock('2001:db8::1')).toBe('2001:db8:0:0::/64');
    expect(addressBlock('::1')).toBe('0:0:0:0::/64');
  });
});

describe('a stored password', () => {
  it('is told from another, by whatever keyboard it was typed', async () => {
    const hash = await hashPassword('Ångström pass');
    expect(await verifyPassword(hash, 'A\u030angstro\u0308m pass')).toBe(true);
    expect(await verifyPassword(hash, 'Angstrom pass')).toBe(false);
    expect(await hashPassword('Ångström pass')).not.toBe(hash);
    await expect(verifyPassword('plain text', 'plain text')).rejects.toThrow('argon2id');
  });
});
