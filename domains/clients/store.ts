import { sql } from 'kysely';
import { branchOf } from '#kit/id.ts';
import type { Ctx } from '#platform/context.ts';
import { tablesOf } from '#platform/database/database.ts';
import { likeText } from '#platform/database/like.ts';
import { rowsOf } from '#platform/database/rows.ts';
import type { Language } from '#domains/brands/index.ts';
import type { Client, ClientProfile, ClientState, TaxIdState } from './client.ts';

type Row = {
  branch_id: number;
  id: string;
  brand_id: string;
  seller_id: string;
  kind: 'person' | 'company';
  name: string;
  company: string | null;
  email: string;
  phone: string | null;
  country: string;
  region: string | null;
  city: string | null;
  street: string | null;
  postcode: string | null;
  tax_id: string | null;
  language: Language;
  currency: string;
  state: ClientState;
  created_at: Temporal.Instant;
  tax_exemption: string | null;
  tax_id_state: TaxIdState;
  tax_id_must_be_valid: boolean;
};
type Tables = { client: Row };

function toClient(row: Row): Client {
  const { branch_id, brand_id, seller_id, tax_id, created_at, tax_exemption, ...rest } = row;
  const { tax_id_state, tax_id_must_be_valid, ...same } = rest;
  return {
    ...same,
    branch: branch_id,
    brandId: brand_id,
    sellerId: seller_id,
    taxId: tax_id,
    taxExemption: tax_exemption,
    taxIdState: tax_id_state,
    taxIdMustBeValid: tax_id_must_be_valid,
    createdAt: created_at,
  };
}

function toRow(profile: ClientProfile) {
  const { taxId, ...same } = profile;
  return { ...same, tax_id: taxId };
}

/** Null for an id that is no client's. The id itself says in which branch to look. */
export async function selectClient(ctx: Ctx, id: string): Promise<Client | null> {
  const row = await tablesOf<Tables>(ctx.tx)
    .selectFrom('client')
    .selectAll()
    .where('branch_id', '=', branchOf(id))
    .where('id', '=', id)
    .executeTakeFirst();
  return row ? toClient(row) : null;
}

/** Those of the clients that there are, in no order. */
export async function selectClientsById(ctx: Ctx, ids: readonly string[]): Promise<Client[]> {
  const asked = ids.map((id) => ({ branch: branchOf(id), id }));
  const { rows } = await sql<Row>`
    select c.* from ${rowsOf({ branch: 'int4', id: 'text' }, asked)}
    join client c on c.branch_id = r.branch and c.id = r.id`.execute(ctx.tx);
  return rows.map(toClient);
}

/** The same, held against changes until the transaction ends. */
export async function lockClient(ctx: Ctx, id: string): Promise<Client | null> {
  const row = await tablesOf<Tables>(ctx.tx)
    .selectFrom('client')
    .selectAll()
    .where('branch_id', '=', branchOf(id))
    .where('id', '=', id)
    .forUpdate()
    .executeTakeFirst();
  return row ? toClient(row) : null;
}

export async function insertClient(ctx: Ctx, client: Client): Promise<void> {
  const { id, branch, brandId, sellerId, currency, state, createdAt, ...rest } = client;
  const { taxExemption, taxIdState, taxIdMustBeValid, ...profile } = rest;
  await tablesOf<Tables>(ctx.tx)
    .insertInto('client')
    .values({
      ...toRow(profile),
      id,
      branch_id: branch,
      brand_id: brandId,
      seller_id: sellerId,
      currency,
      state,
      created_at: createdAt,
      tax_exemption: taxExemption,
      tax_id_state: taxIdState,
      tax_id_must_be_valid: taxIdMustBeValid,
    })
    .execute();
}

export async function updateProfile(
  ctx: Ctx,
  client: Pick<Client, 'id' | 'branch'>,
  profile: ClientProfile,
): Promise<void> {
  await tablesOf<Tables>(ctx.tx)
    .updateTable('client')
    .set(toRow(profile))
    .where('branch_id', '=', client.branch)
    .where('id', '=', client.id)
    .execute();
}

export async function updateState(
  ctx: Ctx,
  client: Pick<Client, 'id' | 'branch'>,
  state: ClientState,
): Promise<void> {
  await tablesOf<Tables>(ctx.tx)
    .updateTable('client')
    .set({ state })
    .where('branch_id', '=', client.branch)
    .where('id', '=', client.id)
    .execute();
}

export async function updateExemption(
  ctx: Ctx,
  client: Pick<Client, 'id' | 'branch'>,
  taxExemption: string | null,
): Promise<void> {
  await tablesOf<Tables>(ctx.tx)
    .updateTable('client')
    .set({ tax_exemption: taxExemption })
    .where('branch_id', '=', client.branch)
    .where('id', '=', client.id)
    .execute();
}

export type ClientFilter = {
  sellerIds: readonly string[];
  search?: string | undefined;
  state?: ClientState | undefined;
  /** The id after which the page begins; clients come newest first. */
  cursor?: string | undefined;
  limit: number;
};

/** One row more than `limit`, to tell whether there is a next page. */
export async function selectClients(ctx: Ctx, filter: ClientFilter): Promise<Client[]> {
  const query = tablesOf<Tables>(ctx.tx)
    .selectFrom('client')
    .selectAll()
    .where(sql<boolean>`seller_id = any(${[...filter.sellerIds]})`)
    .$if(filter.state !== undefined, (rows) => rows.where('state', '=', filter.state ?? 'active'))
    .$if(filter.cursor !== undefined, (rows) => rows.where('id', '<', filter.cursor ?? ''))
    .$if(filter.search !== undefined, (rows) => rows.where(matches(filter.search ?? '')));
  const rows = await query
    .orderBy('id', 'desc')
    .limit(filter.limit + 1)
    .execute();
  return rows.map(toClient);
}

/** The words may stand in the name, the company, the e-mail, the tax number or be the id. */
function matches(search: string) {
  const pattern = `%${likeText(search)}%`;
  return sql<boolean>`(
    id = ${search} or name ilike ${pattern} or company ilike ${pattern}
    or email ilike ${pattern} or tax_id ilike ${pattern})`;
}

export async function selectTitles(
  ctx: Ctx,
  ids: readonly string[],
): Promise<Pick<Client, 'id' | 'kind' | 'name' | 'company'>[]> {
  const branches = [...new Set(ids.map(branchOf))];
  return tablesOf<Tables>(ctx.tx)
    .selectFrom('client')
    .select(['id', 'kind', 'name', 'company'])
    .where(sql<boolean>`branch_id = any(${branches})`)
    .where(sql<boolean>`id = any(${[...ids]})`)
    .execute();
}
