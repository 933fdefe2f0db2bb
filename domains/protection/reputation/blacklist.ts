import { BlockList, isIPv4, isIPv6 } from 'node:net';

/** Addresses that mean nothing outside their own network, so that no list can know them. */
const PRIVATE = new BlockList();
for (const [net, bits] of [
  ['0.0.0.0', 8],
  ['10.0.0.0', 8],
  ['100.64.0.0', 10],
  ['127.0.0.0', 8],
  ['169.254.0.0', 16],
  ['172.16.0.0', 12],
  ['192.168.0.0', 16],
  ['224.0.0.0', 3],
] as const) {
  PRIVATE.addSubnet(net, bits, 'ipv4');
}
for (const [net, bits] of [
  ['::', 127],
  ['fc00::', 7],
  ['fe80::', 10],
  ['ff00::', 8],
] as const) {
  PRIVATE.addSubnet(net, bits, 'ipv6');
}

export function isPublic(address: string): boolean {
  if (isIPv4(address)) return !PRIVATE.check(address, 'ipv4');
  return isIPv6(address) && !PRIVATE.check(address, 'ipv6');
}

/** The name to ask a zone for: octets (RFC 5782 §2.1) or nibbles (§2.4) in reverse. */
export function queryName(address: string, zone: string): string {
  if (isIPv4(address)) return `${address.split('.').toReversed().join('.')}.${zone}`;
  const nibbles = groupsOf(address)
    .map((group) => group.padStart(4, '0'))
    .join('');
  return `${nibbles.split('').toReversed().join('.')}.${zone}`;
}

/** The eight groups of an IPv6 address, without what `::` leaves out. */
function groupsOf(address: string): string[] {
  const plain = address.replace(/(?:\d+\.){3}\d+$/, (tail) => {
    const [a = 0, b = 0, c = 0, d = 0] = tail.split('.').map(Number);
    return `${(a * 256 + b).toString(16)}:${(c * 256 + d).toString(16)}`;
  });
  const [head = '', tail] = plain.toLowerCase().split('::');
  const left = head === '' ? [] : head.split(':');
  if (tail === undefined) return left;
  const right = tail === '' ? [] : tail.split(':');
  return [...left, ...Array<string>(8 - left.length - right.length).fill('0'), ...right];
}

/** What every IPv4 zone lists, and what none may list (RFC 5782 §5). */
export const MUST_BE_LISTED = '127.0.0.2';
export const MUST_NOT_BE_LISTED = '127.0.0.1';

export type ZoneSays =
  | { kind: 'listed'; codes: string[] }
  | { kind: 'clear' }
  /** An answer that is no listing: the list refuses us (127.255.255.x) or is not a list. */
  | { kind: 'refused' | 'nonsense'; codes: string[] };

/**
 * Reads the A records of an answer. Listings lie in 127.0.0.0/8 (RFC 5782 §2.1); large lists use
 * 127.255.255.0/24 for errors: asked too often, through an open resolver, a mistyped zone. Anything
 * else is a parked domain that answers every name.
 */
export function readAnswer(records: readonly string[]): ZoneSays {
  if (records.length === 0) return { kind: 'clear' };
  const codes = records.toSorted();
  if (!codes.every((code) => code.startsWith('127.'))) return { kind: 'nonsense', codes };
  const listings = codes.filter((code) => !code.startsWith('127.255.255.'));
  return listings.length > 0 ? { kind: 'listed', codes: listings } : { kind: 'refused', codes };
}

export type ZoneState = 'untested' | 'working' | 'broken' | 'refusing';

/** What its own test says of a zone: only one that passes is believed about anybody. */
export function judgeZone(
  listed: ZoneSays | null,
  notListed: ZoneSays | null,
): { state: Exclude<ZoneState, 'untested'>; message: string | null } {
  if (listed === null || notListed === null) return broken('no answer');
  if (listed.kind === 'refused' || notListed.kind === 'refused') {
    const codes = 'codes' in listed ? listed.codes : [];
    return { state: 'refusing', message: codes.join(', ') || null };
  }
  if (listed.kind !== 'listed') return broken(`${MUST_BE_LISTED} is not listed`);
  if (notListed.kind !== 'clear') return broken(`${MUST_NOT_BE_LISTED} is listed`);
  return { state: 'working', message: null };
}

function broken(message: string): { state: 'broken'; message: string } {
  return { state: 'broken', message };
}
