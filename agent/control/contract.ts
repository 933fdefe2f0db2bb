import { z } from 'zod';
import { domainName, externalRef, username } from '../records/names.ts';
import { packageLimits } from '../records/records.ts';

/**
 * The control API's words: paths are under /v1, every change is a PUT or DELETE of a thing the
 * caller named, so repeating a request whose answer was lost changes nothing.
 */
export const packageBody = z.strictObject({
  username,
  domain: domainName,
  platform: z.enum(['linux', 'windows']),
  limits: packageLimits,
});

export const accountBody = z.strictObject({ username, domain: domainName });
export const limitsBody = packageLimits.strict();
export const suspensionBody = z.strictObject({ reason: z.string().max(500) });
export const renameBody = z.strictObject({ from: z.string(), to: z.string() });
export const packageParams = z.object({ packageRef: externalRef });
export const accountParams = z.object({ packageRef: externalRef, accountRef: externalRef });
export const addressParams = z.object({ packageRef: externalRef, addressRef: externalRef });
export const pathQuery = z.object({ path: z.string().max(4096).default('') });

export const packageAnswer = z.object({
  ref: z.string(),
  username: z.string(),
  domain: z.string(),
  platform: z.enum(['linux', 'windows']),
  standIn: z.boolean(),
  limits: packageLimits,
  addresses: z.array(z.object({ ref: z.string(), address: z.string() })),
  suspended: z.boolean(),
  url: z.string(),
  primaryAccountRef: z.string(),
  createdAt: z.string(),
});

export const accountAnswer = z.object({
  ref: z.string(),
  packageRef: z.string(),
  username: z.string(),
  domain: z.string(),
  primary: z.boolean(),
  suspendedBy: z.enum(['package', 'account']).nullable(),
  url: z.string(),
  createdAt: z.string(),
});

export const usageAnswer = z.object({
  accounts: z.number(),
  diskBytes: z.number(),
  files: z.number(),
  trafficBytes: z.number(),
});

export const packageUsageAnswer = usageAnswer.extend({ limits: packageLimits });
export const addressAnswer = z.object({ ref: z.string(), address: z.string() });
export const refAnswer = z.object({ ref: z.string() });
export const pathAnswer = z.object({ path: z.string() });
export const uploadAnswer = z.object({ path: z.string(), sizeBytes: z.number() });
export const unpackAnswer = uploadAnswer.extend({ files: z.number() });

export const folderAnswer = z.object({
  path: z.string(),
  entries: z.array(
    z.object({
      name: z.string(),
      kind: z.enum(['file', 'folder', 'other']),
      sizeBytes: z.number(),
      changedAt: z.string(),
    }),
  ),
  truncated: z.boolean(),
});

export const statusAnswer = z.object({
  packages: z.number(),
  accounts: z.number(),
  processes: z.number(),
  php: z.enum(['available', 'missing', 'off']),
  webPort: z.number(),
  addressesTotal: z.number(),
  addressesFree: z.number(),
  startedAt: z.string(),
});

export const refusalAnswer = z.object({ code: z.string(), message: z.string() });
