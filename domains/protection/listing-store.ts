import { sql } from 'kysely';
import { branchOf } from '#kit/id.ts';
import type { Ctx } from '#platform/context.ts';
import { rowsOf } from '#platform/database/rows.ts';
import type { Culprit, KnownAddress, Listing } from './reputation/listing.ts';

const COLUMNS = sql`id, node_id as "nodeId", host(address) as address, zone, codes, reason,
  listed_at as "listedAt", seen_at as "seenAt", delisted_at as "delistedAt"`;

type Seen = { at: KnownAddress; zone: string; codes: readonly string[]; reason: string | null };

/** The address is on the list: a new listing, or one that goes on. */
export async function noteListed(ctx: Ctx, { at, zone, codes, reason }: Seen): Promise<void> {
  const id = ctx.newId('lst', at.branch);
  await sql`
    insert into dnsbl_listing
      (branch_id, id, node_id, address, zone, codes, reason, listed_at, seen_at)
    values (${at.branch}, ${id}, ${at.nodeId}, ${at.address}::inet, ${zone},
      ${JSON.stringify(codes)}::jsonb, ${reason}, ${ctx.now}, ${ctx.now})
    on conflict (branch_id, zone, address) where delisted_at is null do update set
      seen_at = excluded.seen_at, codes = excluded.codes,
      reason = coalesce(excluded.reason, dnsbl_listing.reason)`.execute(ctx.tx);
}

/** The list has nothing against the address (any more). */
export async function noteClear(ctx: Ctx, at: KnownAddress, zone: string): Promise<void> {
  await sql`
    update dnsbl_listing set delisted_at = ${ctx.now}
    where branch_id = ${at.branch} and zone = ${zone} and address = ${at.address}::inet
      and delisted_at is null`.execute(ctx.tx);
}

/** Listings of addresses that are nobody's any more end with them. */
export async function closeForeign(ctx: Ctx, addresses: readonly string[]): Promise<void> {
  await sql`
    update dnsbl_listing set delisted_at = ${ctx.now}
    where delisted_at is null and address <> all(${[...addresses]}::inet[])`.execute(ctx.tx);
}

/** Open listings first, then those that ended, the newest of each first. */
export async function selectListings(ctx: Ctx, limit: number): Promise<Listing[]> {
  const { rows } = await sql<Listing>`
    select ${COLUMNS} from dnsbl_listing
    order by (delisted_at is null) desc, listed_at desc, id desc
    limit ${limit}`.execute(ctx.tx);
  return rows;
}

export async function selectListing(ctx: Ctx, id: string): Promise<Listing | null> {
  const { rows } = await sql<Listing>`
    select ${COLUMNS} from dnsbl_listing
    where branch_id = ${branchOf(id)} and id = ${id}`.execute(ctx.tx);
  return rows[0] ?? null;
}

const BEFORE_DAYS = 14;

/**
 * The likeliest cause of each listing: of the sites on its node, or of the package whose own address
 * it is, the one with most findings in the fortnight before.
 */
export async function selectCulprits(
  ctx: Ctx,
  listings: readonly { listingId: string; packageId: string | null }[],
): Promise<Culprit[]> {
  const asked = rowsOf(
    { listing: 'text', package: 'text' },
    listings.map(({ listingId, packageId }) => ({ listing: listingId, package: packageId })),
  );
  const { rows } = await sql<Culprit>`
    select l.id as "listingId", c.*
    from ${asked}
    join dnsbl_listing l on l.id = r.listing
    cross join lateral (
      select f.account_id as "accountId", max(f.domain_name) as "domainName",
        count(*)::int as findings, min(f.found_at) as "firstFoundAt",
        max(f.mended_at) as "lastMendedAt"
      from finding f
      join guarded_account a on a.branch_id = f.branch_id and a.account_id = f.account_id
      where f.node_id = l.node_id and f.class in ('malicious', 'compromised')
        and f.found_at between l.listed_at - make_interval(days => ${BEFORE_DAYS}) and l.listed_at
        and (r.package is null or a.package_id = r.package)
      group by f.account_id
      order by count(*) desc, f.account_id
      limit 1
    ) c`.execute(ctx.tx);
  return rows;
}
