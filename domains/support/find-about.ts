import { refuse } from '#kit/refusal.ts';
import type { Ctx } from '#platform/context.ts';
import { findInvoice, invoiceNumber } from '#domains/billing/index.ts';
import { nodesOfStaff } from '#domains/hosting/index.ts';
import { findGuardedAccount, ownFinding } from '#domains/protection/index.ts';
import { ownSubscription } from '#domains/subscriptions/index.ts';
import type { About } from './ticket.ts';

export type AboutChoice =
  | { kind: 'package'; id: string }
  | { kind: 'invoice'; id: string }
  | { kind: 'finding'; id: string };

/** What the client's ticket is about, if it is theirs; refuses `…-not-found` otherwise. */
export async function ownAbout(ctx: Ctx, { kind, id }: AboutChoice): Promise<About> {
  if (kind === 'package') {
    const { domainName } = await ownSubscription(ctx, id);
    return { kind, id, label: domainName };
  }
  if (kind === 'invoice') {
    const { actor } = ctx;
    const invoice = await findInvoice(ctx, id);
    if (actor.kind !== 'client' || invoice?.buyerId !== actor.clientId) {
      refuse('invoice-not-found', { field: 'about' });
    }
    return { kind, id, label: invoiceNumber(invoice) };
  }
  const { path, accountId } = await ownFinding(ctx, id);
  const site = accountId === null ? null : await findGuardedAccount(ctx, accountId);
  return findingAbout(id, path, site);
}

/** A finding leads to the page of its site. */
export function findingAbout(
  id: string,
  path: string,
  site: { accountId: string; subscriptionId: string } | null,
): About {
  const { accountId, subscriptionId } = site ?? {};
  return { kind: 'finding', id, label: path, ...(site && { accountId, subscriptionId }) };
}

/** A server that the staff may see. */
export async function nodeAbout(ctx: Ctx, id: string): Promise<About> {
  const found = (await nodesOfStaff(ctx)).find(({ node }) => node.id === id);
  if (!found) refuse('node-not-found', { field: 'nodeId' });
  return { kind: 'node', id, label: found.node.name };
}
