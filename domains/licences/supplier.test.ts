import { describe, expect, test } from 'vitest';
import {
  judgeEarlierAttempts,
  rememberAsking,
  rememberOutcome,
  strayLicences,
  type SupplierLicence,
} from './supplier.ts';

function licence(key: string, changes: Partial<SupplierLicence> = {}): SupplierLicence {
  return { key, state: 'unbound', product: 'starter', domain: null, ip: null, ...changes };
}

const lost = { lastAskedAtMs: 1_000, knownKeys: new Set(['old']) };
const later = { product: 'starter', settleMs: 60_000, nowMs: 61_000 };

describe('after a lost answer', () => {
  test('a key that was not there before is adopted, even before the vendor has settled', () => {
    const listed = [licence('old'), licence('new')];
    expect(judgeEarlierAttempts(listed, lost, { ...later, nowMs: 1_500 })).toEqual({
      kind: 'adopt',
      licence: licence('new'),
      surplusKeys: [],
    });
  });

  test('of several, every worker adopts the same one and the rest are shown', () => {
    const listed = [licence('new-2'), licence('new-1'), licence('new-3', { product: null })];
    const verdict = { kind: 'adopt', licence: licence('new-1'), surplusKeys: ['new-2', 'new-3'] };
    expect(judgeEarlierAttempts(listed, lost, later)).toEqual(verdict);
    expect(judgeEarlierAttempts(listed.toReversed(), lost, later)).toEqual(verdict);
  });

  test('with nothing new the vendor gets its time, to the millisecond, before it is asked again', () => {
    const listed = [licence('old')];
    const waits = { kind: 'wait', retryAfterMs: 1 };
    expect(judgeEarlierAttempts(listed, lost, { ...later, nowMs: 60_999 })).toEqual(waits);
    expect(judgeEarlierAttempts(listed, lost, later)).toEqual({ kind: 'ask-again' });
  });

  test('what is in use or dead is nobody’s lost key', () => {
    const listed = [
      licence('bound', { domain: 'billing.example.ru' }),
      licence('at-an-address', { ip: '192.0.2.1' }),
      licence('gone', { state: 'dead' }),
    ];
    expect(judgeEarlierAttempts(listed, lost, later)).toEqual({ kind: 'ask-again' });
  });

  test('a key of another product is neither adopted nor bought over', () => {
    const listed = [licence('new', { product: 'Starter (5 clients)' })];
    expect(judgeEarlierAttempts(listed, lost, later)).toEqual({ kind: 'unclear', keys: ['new'] });
  });
});

describe('what is remembered between calls', () => {
  const memory = rememberAsking(1_000, new Set(), 5_000);

  test('before a call: that something may be asked from now on', () => {
    expect(memory).toEqual({ askedAtMs: 5_000, lastAskedAtMs: 1_000, knownKeys: new Set() });
  });

  test('after an unknown outcome this attempt, after an unasked one the attempt before', () => {
    const words = { message: '', retryAfterMs: 1 };
    const unknown = rememberOutcome(memory, { kind: 'unknown', ...words });
    expect(unknown).toEqual({ lastAskedAtMs: 5_000 });
    const unasked = { lastAskedAtMs: 1_000 };
    expect(rememberOutcome(memory, { kind: 'unreachable', ...words })).toEqual(unasked);
    const waiting = { kind: 'waiting' as const, unclearKeys: [], ...words };
    expect(rememberOutcome(memory, waiting)).toEqual(unasked);
  });

  test('a yes or a no ends the intent', () => {
    const no = { kind: 'refused', code: 'supplier-refused', message: '' } as const;
    expect(rememberOutcome(memory, no)).toBe('settled');
    const yes = { kind: 'ok', licence: licence('k'), how: 'issued', surplusKeys: [] } as const;
    expect(rememberOutcome(memory, { ...yes, surplusKeys: [] })).toBe('settled');
  });
});

test('the check for strays names live keys nobody accounts for', () => {
  const listed = [licence('b'), licence('a'), licence('dead', { state: 'dead' }), licence('ours')];
  const strays = strayLicences(listed, new Set(['ours'])).map(({ key }) => key);
  expect(strays).toEqual(['a', 'b']);
});
