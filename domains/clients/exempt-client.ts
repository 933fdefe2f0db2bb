import type { Ctx } from '#platform/context.ts';
import type { Client } from './client.ts';
import { clientChanged } from './events.ts';
import { updateExemption } from './store.ts';

/**
 * Notes by which document a client is exempt from tax, or that none holds any more. Sales from now
 * on follow it; documents already issued keep what they said.
 */
export async function exemptClient(
  ctx: Ctx,
  client: Client,
  taxExemption: string | null,
): Promise<Client> {
  if (client.taxExemption === taxExemption) return client;
  await updateExemption(ctx, client, taxExemption);
  await ctx.announce(clientChanged, {
    branch: client.branch,
    subject: client.id,
    payload: { fields: ['taxExemption'] },
  });
  return { ...client, taxExemption };
}
