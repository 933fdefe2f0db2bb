import { z } from 'zod';
import { domainName, externalRef, username } from './names.ts';

const suspension = z.object({ reason: z.string(), since: z.string() });

export const packageLimits = z.object({
  /** Hosting accounts in the package, its primary one included. */
  accounts: z.int().min(1).max(10_000),
  diskMb: z.int().min(1).max(10_000_000),
});

/** What the node keeps of a package. A terminated one stays as a tombstone: its reference must
 * never create a second package when a late retry arrives. */
export const packageRecord = z.object({
  ref: externalRef,
  username,
  domain: domainName,
  platform: z.enum(['linux', 'windows']),
  limits: packageLimits,
  addresses: z.array(z.object({ ref: externalRef, address: z.ipv4() })),
  suspension: suspension.nullable(),
  createdAt: z.string(),
  terminatedAt: z.string().nullable(),
});

/** What the node keeps of a hosting account; deleted ones stay as tombstones too. */
export const accountRecord = z.object({
  ref: externalRef,
  packageRef: externalRef,
  username,
  domain: domainName,
  /** Unix user and group of the account's files and process, used when the node runs as root. */
  uid: z.int(),
  suspension: suspension.nullable(),
  createdAt: z.string(),
  deletedAt: z.string().nullable(),
});

export type PackageLimits = z.infer<typeof packageLimits>;
export type PackageRecord = z.infer<typeof packageRecord>;
export type AccountRecord = z.infer<typeof accountRecord>;
