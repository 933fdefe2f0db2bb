import { refuse } from '#kit/refusal.ts';
import type { Outside } from '#platform/context.ts';
import type { PackageLimits, PackageUsage } from './server-module.ts';
import { answered } from './server-refusals.ts';
import { ownLivePackage } from './whose-account.ts';

/** How much the client's own package uses, asked of its server now; limits as we told it. */
export async function readUsage(outside: Outside, subscriptionId: string): Promise<PackageUsage> {
  const found = await outside.transact((ctx) => ownLivePackage(ctx, subscriptionId));
  if (!found.node.capabilities.usage) refuse('server-cannot');
  const usage = answered(await found.node.server.packageUsage(found.account.id));
  const limits: PackageLimits = found.account.limits;
  return { ...usage, limits };
}
