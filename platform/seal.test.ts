import { describe, expect, it } from 'vitest';
import { seal, unseal } from './seal.ts';

const SECRET = 'a secret of at least thirty-two characters';

describe('a sealed setting', () => {
  it('opens under its secret and purpose only', () => {
    const sealed = seal(SECRET, 'gateways', '{"key":"sk_1"}');
    expect(unseal(SECRET, 'gateways', sealed)).toBe('{"key":"sk_1"}');
    expect(() => unseal(SECRET, 'suppliers', sealed)).toThrow();
    expect(() => unseal(`${SECRET}!`, 'gateways', sealed)).toThrow();
  });

  it('does not open when a byte of it was changed', () => {
    const bytes = Buffer.from(seal(SECRET, 'gateways', 'x'), 'base64url');
    bytes[bytes.length - 1] = (bytes.at(-1) ?? 0) ^ 1;
    expect(() => unseal(SECRET, 'gateways', bytes.toString('base64url'))).toThrow();
  });

  it('looks different each time', () => {
    expect(seal(SECRET, 'gateways', 'x')).not.toBe(seal(SECRET, 'gateways', 'x'));
  });
});
