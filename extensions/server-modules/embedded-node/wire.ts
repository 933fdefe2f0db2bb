import * as z from 'zod';

/** What the node's control API answers, as far as we use it. */
const limits = z.object({ accounts: z.number(), diskMb: z.number() });

export const wirePackage = z.object({
  ref: z.string(),
  username: z.string(),
  domain: z.string(),
  platform: z.enum(['linux', 'windows']),
  standIn: z.boolean(),
  limits,
  addresses: z.array(z.object({ ref: z.string(), address: z.string() })),
  suspended: z.boolean(),
  url: z.string(),
  primaryAccountRef: z.string(),
});

export const wireAccount = z.object({
  ref: z.string(),
  username: z.string(),
  domain: z.string(),
  primary: z.boolean(),
  suspendedBy: z.enum(['package', 'account']).nullable(),
  url: z.string(),
});

export const wireAccounts = z.object({ accounts: z.array(wireAccount) });

export const wireUsage = z.object({
  diskBytes: z.number(),
  files: z.number(),
  trafficBytes: z.number(),
});

export const wirePackageUsage = wireUsage.extend({ accounts: z.number(), limits });
export const wireAddress = z.object({ address: z.string() });
export const wireUpload = z.object({ sizeBytes: z.number() });
export const wireUnpack = z.object({ files: z.number(), sizeBytes: z.number() });
export const wireNothing = z.object({}).transform(() => null);

export const wireFolder = z.object({
  path: z.string(),
  entries: z.array(
    z.object({
      name: z.string(),
      kind: z.enum(['file', 'folder', 'other']),
      sizeBytes: z.number(),
      changedAt: z.string().transform((text) => Temporal.Instant.from(text)),
    }),
  ),
  truncated: z.boolean(),
});

export const wireStatus = z.object({
  packages: z.number(),
  accounts: z.number(),
  addressesFree: z.number(),
  php: z.enum(['available', 'missing', 'off']),
});

export const wireRefusal = z.object({ code: z.string(), message: z.string() });
