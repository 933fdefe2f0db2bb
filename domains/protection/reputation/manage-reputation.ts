import { isIP, isIPv6 } from 'node:net';
import { refuse } from '#kit/refusal.ts';
import type { Ctx } from '#platform/context.ts';
import { nodesOfStaff } from '#domains/hosting/index.ts';
import { requireOperator, staffNode } from '../whose-protection.ts';
import { isPublic } from './blacklist.ts';
import { knownAddresses } from './check-reputation.ts';
import { selectCulprits, selectListings } from '../listing-store.ts';
import {
  replaceNodeAddresses,
  replaceZones,
  saveReputation,
  selectReputation,
  selectZones,
} from '../reputation-store.ts';

const LISTINGS_MAX = 200;

/** How our addresses stand with the lists: now, and what was. The operator's staff's alone. */
export async function reputationView(ctx: Ctx) {
  await requireOperator(ctx);
  const { resolvers, everyHours, checkedAt } = await selectReputation(ctx);
  const names = new Map((await nodesOfStaff(ctx)).map(({ node }) => [node.id, node.name]));
  const listings = await selectListings(ctx, LISTINGS_MAX);
  const known = await knownAddresses(ctx);
  const packages = new Map(known.map(({ address, packageId }) => [address, packageId]));
  const causes = await selectCulprits(
    ctx,
    listings.map(({ id, address }) => ({
      listingId: id,
      packageId: packages.get(address) ?? null,
    })),
  );
  const culprits = new Map(causes.map((culprit) => [culprit.listingId, culprit]));
  return {
    resolvers: [...resolvers],
    everyHours,
    checkedAt: checkedAt?.toString() ?? null,
    zones: (await selectZones(ctx)).map((zone) => ({
      ...zone,
      testedAt: zone.testedAt?.toString() ?? null,
    })),
    nodes: [...names].map(([nodeId, name]) => ({ nodeId, name })),
    addresses: known.map(({ nodeId, address, domainName }) => ({
      nodeId,
      nodeName: names.get(nodeId) ?? nodeId,
      address,
      domainName,
      isPublic: isPublic(address),
    })),
    listings: listings.map((listing) => ({
      ...listing,
      codes: [...listing.codes],
      nodeName: names.get(listing.nodeId) ?? listing.nodeId,
      listedAt: listing.listedAt.toString(),
      seenAt: listing.seenAt.toString(),
      delistedAt: listing.delistedAt?.toString() ?? null,
      culprit: culpritView(culprits.get(listing.id)),
    })),
  };
}

function culpritView(culprit: Awaited<ReturnType<typeof selectCulprits>>[number] | undefined) {
  if (!culprit) return null;
  const { accountId, domainName, findings, firstFoundAt, lastMendedAt } = culprit;
  return {
    accountId,
    domainName,
    findings,
    firstFoundAt: firstFoundAt.toString(),
    lastMendedAt: lastMendedAt?.toString() ?? null,
  };
}

/** Letters, digits and hyphens, joined by dots (RFC 1123 §2.1). */
const ZONE = /^(?=.{4,200}$)[a-z0-9_]([a-z0-9_-]*[a-z0-9])?(\.[a-z0-9]([a-z0-9-]*[a-z0-9])?)+$/;

/** Which lists are asked, through which servers, how often. */
export async function changeReputation(
  ctx: Ctx,
  input: { zones: readonly string[]; resolvers: readonly string[]; everyHours: number },
): Promise<void> {
  await requireOperator(ctx);
  const zones = [...new Set(input.zones.map((zone) => zone.trim().toLowerCase()))];
  if (!zones.every((zone) => ZONE.test(zone))) refuse('zone-invalid', { field: 'zones' });
  const resolvers = input.resolvers.map((server) => server.trim());
  if (!resolvers.every(isServer)) refuse('resolver-invalid', { field: 'resolvers' });
  await replaceZones(ctx, zones);
  await saveReputation(ctx, { resolvers, everyHours: input.everyHours });
}

/** `192.0.2.1`, `192.0.2.1:53`, `2001:db8::1`, `[2001:db8::1]:53`. */
function isServer(text: string): boolean {
  if (isIP(text) !== 0) return true;
  const [, bracketed, plain = bracketed, port = ''] =
    /^(?:\[([0-9a-f:.]+)\]|([0-9.]+)):(\d{1,5})$/i.exec(text) ?? [];
  if (plain === undefined || Number(port) < 1 || Number(port) > 65_535) return false;
  return bracketed === undefined ? isIP(plain) === 4 : isIPv6(bracketed);
}

/** The addresses that a node sends and answers from, beside those of packages. */
export async function changeAddresses(
  ctx: Ctx,
  { id, addresses }: { id: string; addresses: readonly string[] },
): Promise<void> {
  await requireOperator(ctx);
  await staffNode(ctx, id);
  const given = addresses.map((address) => address.trim());
  if (!given.every((address) => isIP(address) !== 0 && !address.includes('%'))) {
    refuse('address-invalid', { field: 'addresses' });
  }
  await replaceNodeAddresses(ctx, id, given);
}
