import { describe, expect, it } from 'vitest';
import { isPublic, judgeZone, queryName, readAnswer } from './blacklist.ts';

describe('the name that a list is asked for', () => {
  it('is the address in reverse, by octets or by nibbles (RFC 5782 §2.1, §2.4)', () => {
    expect(queryName('192.0.2.99', 'bl.example')).toBe('99.2.0.192.bl.example');
    expect(queryName('2001:db8:1:2:3:4:567:89ab', 'ugly.example.com')).toBe(
      'b.a.9.8.7.6.5.0.4.0.0.0.3.0.0.0.2.0.0.0.1.0.0.0.8.b.d.0.1.0.0.2.ugly.example.com',
    );
    expect(queryName('::ffff:127.0.0.2', 'z')).toBe(
      '2.0.0.0.0.0.f.7.f.f.f.f.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.z',
    );
  });
});

describe('an answer', () => {
  it('is a listing in 127.0.0.0/8, and no record is none', () => {
    expect(readAnswer(['127.0.0.4', '127.0.0.2'])).toEqual({
      kind: 'listed',
      codes: ['127.0.0.2', '127.0.0.4'],
    });
    expect(readAnswer([])).toEqual({ kind: 'clear' });
  });

  it('is no listing when it is an error code', () => {
    expect(readAnswer(['127.255.255.254']).kind).toBe('refused');
    expect(readAnswer(['127.255.255.252', '127.0.0.3'])).toEqual({
      kind: 'listed',
      codes: ['127.0.0.3'],
    });
  });

  it('is no listing when a parked domain answers everything', () => {
    expect(readAnswer(['198.51.100.7']).kind).toBe('nonsense');
  });
});

describe('a zone', () => {
  const listed = readAnswer(['127.0.0.2']);
  const clear = readAnswer([]);
  it.each([
    ['working', listed, clear],
    ['broken', clear, clear],
    ['broken', listed, listed],
    ['broken', null, clear],
    ['broken', readAnswer(['198.51.100.7']), clear],
    ['refusing', readAnswer(['127.255.255.254']), clear],
  ] as const)('is %s by its own test', (state, two, one) => {
    expect(judgeZone(two, one).state).toBe(state);
  });
});

describe('an address', () => {
  it.each(['10.1.2.3', '127.0.0.1', '192.168.0.1', '100.64.0.1', '::1', 'fe80::1', 'fd00::1', 'x'])(
    '%s is nobody’s business outside',
    (address) => {
      expect(isPublic(address)).toBe(false);
    },
  );
  it.each(['192.0.2.1', '8.8.8.8', '2001:db8::1'])('%s is public', (address) => {
    expect(isPublic(address)).toBe(true);
  });
});
