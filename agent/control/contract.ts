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
