import { createHash } from 'node:crypto';
import { refuse } from '#kit/refusal.ts';
import type { Outside } from '#platform/context.ts';
import { countAttempts, dropAttempts } from './attempt-store.ts';

/** What is guessed or flooded, how often it may be tried, and for how long tries are counted. */
const DOORS = {
  'sign-in-account': { max: 10, minutes: 15 },
  'sign-in-address': { max: 60, minutes: 15 },
  'sign-up-address': { max: 100, minutes: 60 },
  'reset-account': { max: 5, minutes: 60 },
  'reset-address': { max: 30, minutes: 60 },
  'link-address': { max: 30, minutes: 60 },
  'verification-user': { max: 5, minutes: 60 },
  'own-password': { max: 10, minutes: 15 },
} as const;

export type Door = keyof typeof DOORS;
export type Attempt = { door: Door; who: string };

/**
 * Counts a try at each door before anything is looked at, in a transaction of its own, so that
 * twenty tries at once are twenty and a refusal does not take them back. Refuses
 * `too-many-attempts` once any of the doors is used up.
 */
export async function spendAttempts(outside: Outside, ...attempts: Attempt[]): Promise<void> {
  const keyed = attempts.map((attempt) => ({ ...DOORS[attempt.door], key: keyOf(attempt) }));
  const counts = await outside.transact((ctx) => countAttempts(ctx, keyed));
  for (const { key, max, minutes } of keyed) {
    if ((counts.get(key) ?? 0) > max) refuse('too-many-attempts', { params: { minutes } });
  }
}

/** Forgets the tries of one who proved to be right. */
export async function forgiveAttempts(outside: Outside, ...attempts: Attempt[]): Promise<void> {
  await outside.transact((ctx) => dropAttempts(ctx, attempts.map(keyOf)));
}

/** Hashed: what a stranger types into the e-mail field is nobody's to keep. */
function keyOf({ door, who }: Attempt): string {
  return `${door}:${createHash('sha256').update(who).digest('base64url')}`;
}

/** `203.0.113.7` for the `::ffff:203.0.113.7` by which a socket names an IPv4 visitor. */
export function plainAddress(address: string): string {
  return address.replace(/^::ffff:(?=\d+\.)/, '');
}

/** The customer behind an address: the whole /64 of an IPv6 one (RFC 6177), else the address. */
export function addressBlock(address: string): string {
  const plain = plainAddress(address);
  if (!plain.includes(':')) return plain;
  const [head = '', tail] = plain.split('::');
  const groups = head === '' ? [] : head.split(':');
  const after = tail === undefined || tail === '' ? [] : tail.split(':');
  const zeros = tail === undefined ? 0 : Math.max(0, 8 - groups.length - after.length);
  const whole = [...groups, ...Array<string>(zeros).fill('0'), ...after];
  return `${whole.slice(0, 4).join(':')}::/64`;
}
