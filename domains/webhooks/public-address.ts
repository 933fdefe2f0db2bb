import { BlockList, isIPv4, isIPv6 } from 'node:net';

/** IPv4 that is no host of the public internet (IANA special-purpose registry, RFC 6890). */
const SPECIAL_V4 = new BlockList();
for (const [network, bits] of [
  ['0.0.0.0', 8],
  ['10.0.0.0', 8],
  ['100.64.0.0', 10],
  ['127.0.0.0', 8],
  ['169.254.0.0', 16],
  ['172.16.0.0', 12],
  ['192.0.0.0', 24],
  ['192.0.2.0', 24],
  ['192.88.99.0', 24],
  ['192.168.0.0', 16],
  ['198.18.0.0', 15],
  ['198.51.100.0', 24],
  ['203.0.113.0', 24],
  ['224.0.0.0', 3],
] as const) {
  SPECIAL_V4.addSubnet(network, bits, 'ipv4');
}

/** All that is routed in IPv6 begins with 001: mapped, NAT64, unique-local, link-local do not. */
const ROUTED_V6 = new BlockList();
ROUTED_V6.addSubnet('2000::', 3, 'ipv6');

/** Of that, what is special or carries an IPv4 address inside (Teredo, 6to4). */
const SPECIAL_V6 = new BlockList();
for (const [network, bits] of [
  ['2001::', 23],
  ['2001:db8::', 32],
  ['2002::', 16],
  ['3fff::', 20],
] as const) {
  SPECIAL_V6.addSubnet(network, bits, 'ipv6');
}

/** Whether an address, as resolved, is a host of the public internet and nothing of ours. */
export function isPublicAddress(address: string): boolean {
  if (isIPv4(address)) return !SPECIAL_V4.check(address, 'ipv4');
  // A zone (`fe80::1%eth0`) names an interface of this machine.
  if (!isIPv6(address) || address.includes('%')) return false;
  return ROUTED_V6.check(address, 'ipv6') && !SPECIAL_V6.check(address, 'ipv6');
}

export function isLoopbackAddress(address: string): boolean {
  return isIPv4(address) ? address.startsWith('127.') : address === '::1';
}
