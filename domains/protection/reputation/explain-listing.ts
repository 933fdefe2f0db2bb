import { refuse } from '#kit/refusal.ts';
import type { Ctx } from '#platform/context.ts';
import { nodesOfStaff } from '#domains/hosting/index.ts';
import { selectListing } from '../listing-store.ts';
import { findingsAround, scriptsBefore, sendersBefore } from '../mail-store.ts';
import { requireOperator } from '../whose-protection.ts';
import { knownAddresses } from './check-reputation.ts';
import type { Listing } from './listing.ts';
import { rankSuspects } from './rank-suspects.ts';
import type { CauseFinding, Suspect, SuspectReason } from './rank-suspects.ts';

/** One listing with who is likely why, and the way from the dropped file to the end of it. */
export async function explainListing(ctx: Ctx, id: string) {
  await requireOperator(ctx);
  const listing = (await selectListing(ctx, id)) ?? refuse('listing-not-found', { field: 'id' });
  const known = await knownAddresses(ctx);
  const packageId = known.find(({ address }) => address === listing.address)?.packageId ?? null;
  const asked = { listing, packageId };
  const senders = await sendersBefore(ctx, asked);
  const refs = senders.map(({ accountRef }) => accountRef);
  const suspects = rankSuspects(
    senders,
    await scriptsBefore(ctx, asked, refs),
    await findingsAround(ctx, asked),
  );
  const node = (await nodesOfStaff(ctx)).find((one) => one.node.id === listing.nodeId);
  const [likely] = suspects;
  return {
    id: listing.id,
    address: listing.address,
    zone: listing.zone,
    nodeName: node?.node.name ?? listing.nodeId,
    suspects: suspects.map(suspectView),
    chain: chainOf(listing, likely && likely.weight > 0 ? likely.finding : null),
  };
}

/** Null where a step has not happened, or nobody saw it. */
function chainOf({ listedAt, delistedAt }: Listing, finding: CauseFinding | null) {
  return {
    droppedAt: finding?.droppedAt?.toString() ?? null,
    foundAt: finding?.foundAt.toString() ?? null,
    mendedAt: finding?.mendedAt?.toString() ?? null,
    listedAt: listedAt.toString(),
    delistedAt: delistedAt?.toString() ?? null,
  };
}

function suspectView({ finding: _finding, reasons, ...rest }: Suspect) {
  return { ...rest, reasons: reasons.map(reasonView) };
}

function reasonView(reason: SuspectReason) {
  switch (reason.kind) {
    case 'script': {
      const { kind, script, recipients, finding } = reason;
      return { kind, script, recipients, findingId: finding.id, class: finding.class };
    }
    case 'burst':
      return { ...reason, at: reason.at.toString() };
    case 'findings': {
      const { kind, findings, first } = reason;
      return { kind, findings, findingId: first.id, firstFoundAt: first.foundAt.toString() };
    }
    case 'bounces':
      return reason;
  }
}
