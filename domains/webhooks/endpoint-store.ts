import { sql } from 'kysely';
import { branchOf } from '#kit/id.ts';
import type { Ctx } from '#platform/context.ts';
import { tablesOf } from '#platform/database/database.ts';
import type { Endpoint, Owner } from './endpoint.ts';
import type { OffCause, WebhookEvent } from './webhook-words.ts';

type Row = {
  branch_id: number;
  id: string;
  owner_kind: Owner['kind'];
  owner_id: string;
  brand_id: string;
  creator_id: string;
  url: string;
  description: string;
  events: WebhookEvent[];
  state: 'on' | 'off';
  off_cause: OffCause | null;
  secret_sealed: string;
  previous_sealed: string | null;
  previous_until: Temporal.Instant | null;
  failing_since: Temporal.Instant | null;
  busy_until: Temporal.Instant | null;
  created_at: Temporal.Instant;
};

type Tables = { webhook_endpoint: Row };

const SEAL = 'webhook-secret';

function toEndpoint(ctx: Ctx, row: Row): Endpoint {
  const { previous_sealed: sealed, previous_until: until } = row;
  return {
    id: row.id,
    branch: row.branch_id,
    owner: { kind: row.owner_kind, id: row.owner_id },
    brandId: row.brand_id,
    creatorId: row.creator_id,
    url: row.url,
    description: row.description,
    events: row.events,
    off: row.off_cause,
    secret: ctx.unseal(SEAL, row.secret_sealed),
    previous: sealed && until ? { secret: ctx.unseal(SEAL, sealed), until } : null,
    failingSince: row.failing_since,
    createdAt: row.created_at,
  };
}

function changing(ctx: Ctx, endpoint: Endpoint) {
  const { previous, off } = endpoint;
  return {
    url: endpoint.url,
    description: endpoint.description,
    events: [...endpoint.events],
    state: off === null ? ('on' as const) : ('off' as const),
    off_cause: off,
    secret_sealed: ctx.seal(SEAL, endpoint.secret),
    previous_sealed: previous && ctx.seal(SEAL, previous.secret),
    previous_until: previous?.until ?? null,
    failing_since: endpoint.failingSince,
  };
}

export async function insertEndpoint(ctx: Ctx, endpoint: Endpoint): Promise<void> {
  await tablesOf<Tables>(ctx.tx)
    .insertInto('webhook_endpoint')
    .values({
      ...changing(ctx, endpoint),
      branch_id: endpoint.branch,
      id: endpoint.id,
      owner_kind: endpoint.owner.kind,
      owner_id: endpoint.owner.id,
      brand_id: endpoint.brandId,
      creator_id: endpoint.creatorId,
      busy_until: null,
      created_at: endpoint.createdAt,
    })
    .execute();
}

export async function updateEndpoint(ctx: Ctx, endpoint: Endpoint): Promise<void> {
  await tablesOf<Tables>(ctx.tx)
    .updateTable('webhook_endpoint')
    .set(changing(ctx, endpoint))
    .where('branch_id', '=', endpoint.branch)
    .where('id', '=', endpoint.id)
    .execute();
}

export async function deleteEndpoint(
  ctx: Ctx,
  { branch, id }: Pick<Endpoint, 'branch' | 'id'>,
): Promise<void> {
  await sql`
    delete from webhook_delivery
    where branch_id = ${branch} and endpoint_id = ${id}`.execute(ctx.tx);
  await sql`delete from webhook_endpoint where branch_id = ${branch} and id = ${id}`.execute(
    ctx.tx,
  );
}

export async function selectEndpoint(ctx: Ctx, id: string): Promise<Endpoint | null> {
  const row = await tablesOf<Tables>(ctx.tx)
    .selectFrom('webhook_endpoint')
    .selectAll()
    .where('branch_id', '=', branchOf(id))
    .where('id', '=', id)
    .executeTakeFirst();
  return row ? toEndpoint(ctx, row) : null;
}

/** The same, held against changes until the transaction ends. */
export async function lockEndpoint(ctx: Ctx, id: string): Promise<Endpoint | null> {
  const row = await tablesOf<Tables>(ctx.tx)
    .selectFrom('webhook_endpoint')
    .selectAll()
    .where('branch_id', '=', branchOf(id))
    .where('id', '=', id)
    .forUpdate()
    .executeTakeFirst();
  return row ? toEndpoint(ctx, row) : null;
}

export async function endpointsOf(ctx: Ctx, owner: Owner): Promise<Endpoint[]> {
  const rows = await tablesOf<Tables>(ctx.tx)
    .selectFrom('webhook_endpoint')
    .selectAll()
    .where('owner_kind', '=', owner.kind)
    .where('owner_id', '=', owner.id)
    .orderBy('id')
    .execute();
  return rows.map((row) => toEndpoint(ctx, row));
}

/** Whether anybody at all listens for one of these. */
export async function hasListeners(ctx: Ctx, events: readonly string[]): Promise<boolean> {
  const { rows } = await sql<{ found: boolean }>`
    select exists (
      select from webhook_endpoint where state = 'on' and events && ${[...events]}::text[]
    ) as found`.execute(ctx.tx);
  return rows[0]?.found ?? false;
}

export type Listener = { branch: number; id: string; owner: Owner; events: readonly string[] };

/** Who of these owners listens for one of these. */
export async function listenersAmong(
  ctx: Ctx,
  ownerIds: readonly string[],
  events: readonly string[],
): Promise<Listener[]> {
  const { rows } = await sql<Row>`
    select branch_id, id, owner_kind, owner_id, events from webhook_endpoint
    where owner_id = any(${[...ownerIds]}) and state = 'on'
      and events && ${[...events]}::text[]
    order by id`.execute(ctx.tx);
  return rows.map((row) => ({
    branch: row.branch_id,
    id: row.id,
    owner: { kind: row.owner_kind, id: row.owner_id },
    events: row.events,
  }));
}

/** Longer than one request takes with all that is written about it. */
const BUSY_S = 30;

/** Takes an endpoint for one request; false while somebody else has it. By the machine's time. */
export async function takeEndpoint(ctx: Ctx, id: string, isMine: boolean): Promise<boolean> {
  const { rows } = await sql`
    update webhook_endpoint set busy_until = now() + make_interval(secs => ${BUSY_S})
    where branch_id = ${branchOf(id)} and id = ${id}
      and (${isMine} or busy_until is null or busy_until < now())
    returning id`.execute(ctx.tx);
  return rows.length > 0;
}

export async function freeEndpoint(ctx: Ctx, id: string): Promise<void> {
  await sql`
    update webhook_endpoint set busy_until = null
    where branch_id = ${branchOf(id)} and id = ${id}`.execute(ctx.tx);
}
