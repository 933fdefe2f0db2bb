import { z } from 'zod';

/** A reference the caller chose; it names a file on our disk, hence the narrow alphabet. */
export const externalRef = z
  .string()
  .regex(/^[A-Za-z0-9][A-Za-z0-9_.:-]{0,95}$/, 'Use 1–96 letters, digits, and _ . : -');

/** As cPanel has it: at most 16, starts with a letter, so that a plan may move between panels. */
export const username = z
  .string()
  .regex(/^[a-z][a-z0-9]{0,15}$/, 'Use 1–16 small letters and digits, starting with a letter');

/** A host name of at least two labels (RFC 1123), in its ASCII form. */
export const domainName = z
  .string()
  .max(253)
  .regex(
    /^(?!-)(?:[a-z0-9-]{1,63}(?<!-)\.(?!-))+[a-z][a-z0-9-]{0,61}[a-z0-9]$/,
    'Use a domain name in small letters, such as example.com',
  )
  .refine((name) => !name.endsWith('.localhost'), 'Names under .localhost are given by the node');

const reserved = new Set([
  ...['admin', 'administrator', 'api', 'billing', 'cart', 'cp', 'cpanel', 'daemon', 'demo'],
  ...['ftp', 'localhost', 'mail', 'node', 'nobody', 'panel', 'root', 'seller', 'server', 'shop'],
  ...['static', 'status', 'stoika', 'store', 'support', 'sys', 'system', 'webmail', 'whm', 'www'],
]);

/** Names that would let an account's address pass for the host's own. */
export function isReservedUsername(name: string): boolean {
  return reserved.has(name);
}
