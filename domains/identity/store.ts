import { sql } from 'kysely';
import type { Ctx } from '#platform/context.ts';
import { tablesOf } from '#platform/database/database.ts';
import type { Db, Tx } from '#platform/database/database.ts';
import type { Language } from '#domains/brands/index.ts';
import type { Person } from './choose-actor.ts';

type Tables = {
  user_account: {
    id: string;
    brand_id: string;
    email: string;
    email_verified: boolean;
    name: string;
    language: Language;
    two_factor_enabled: boolean;
    demo: boolean;
    updated_at: Temporal.Instant;
  };
  user_credential: {
    id: string;
    brand_id: string;
    user_id: string;
    account_id: string;
    provider_id: string;
    password: string | null;
  };
  staff_member: { seller_id: string; user_id: string; role: string };
  membership: {
    user_id: string;
    client_id: string;
    branch_id: number;
    role: string;
    active: boolean;
  };
};

/** A person who may enter at one brand. */
export type User = {
  id: string;
  brandId: string;
  email: string;
  emailVerified: boolean;
  name: string;
  language: Language;
  secondFactor: boolean;
  demo: boolean;
};

const COLUMNS = [
  'id',
  'brand_id',
  'email',
  'email_verified',
  'name',
  'language',
  'two_factor_enabled',
  'demo',
] as const;

function toUser(row: Omit<Tables['user_account'], 'updated_at'>): User {
  return {
    id: row.id,
    brandId: row.brand_id,
    email: row.email,
    emailVerified: row.email_verified,
    name: row.name,
    language: row.language,
    secondFactor: row.two_factor_enabled,
    demo: row.demo,
  };
}

export async function selectUser(ctx: Ctx, id: string): Promise<User | null> {
  const row = await tablesOf<Tables>(ctx.tx)
    .selectFrom('user_account')
    .select(COLUMNS)
    .where('id', '=', id)
    .executeTakeFirst();
  return row ? toUser(row) : null;
}

export async function selectUserByEmail(
  ctx: Ctx,
  brandId: string,
  email: string,
): Promise<User | null> {
  const row = await tablesOf<Tables>(ctx.tx)
    .selectFrom('user_account')
    .select(COLUMNS)
    .where('brand_id', '=', brandId)
    .where('email', '=', email)
    .executeTakeFirst();
  return row ? toUser(row) : null;
}

/** False when the brand has a person of that address already. */
export async function insertUser(
  ctx: Ctx,
  user: User,
  credential: { id: string; password: string },
): Promise<boolean> {
  const tables = tablesOf<Tables>(ctx.tx);
  const made = await sql`
    insert into user_account (id, brand_id, email, email_verified, name, language, demo)
    values (${user.id}, ${user.brandId}, ${user.email}, ${user.emailVerified}, ${user.name},
      ${user.language}, ${user.demo})
    on conflict on constraint user_account_email_of_brand do nothing returning id`.execute(ctx.tx);
  if (made.rows.length === 0) return false;
  await tables
    .insertInto('user_credential')
    .values({
      id: credential.id,
      brand_id: user.brandId,
      user_id: user.id,
      account_id: user.id,
      provider_id: 'credential',
      password: credential.password,
    })
    .execute();
  return true;
}

export async function updateUser(
  ctx: Ctx,
  id: string,
  change: { name?: string; language?: Language; emailVerified?: true },
): Promise<void> {
  await tablesOf<Tables>(ctx.tx)
    .updateTable('user_account')
    .set({
      ...(change.name !== undefined && { name: change.name }),
      ...(change.language !== undefined && { language: change.language }),
      ...(change.emailVerified && { email_verified: true }),
      updated_at: sql<Temporal.Instant>`now()`,
    })
    .where('id', '=', id)
    .execute();
}

export async function selectPasswordHash(ctx: Ctx, userId: string): Promise<string | null> {
  const row = await tablesOf<Tables>(ctx.tx)
    .selectFrom('user_credential')
    .select('password')
    .where('user_id', '=', userId)
    .where('provider_id', '=', 'credential')
    .executeTakeFirst();
  return row?.password ?? null;
}

/** Makes someone staff of a seller, or changes their role. */
export async function upsertStaff(
  ctx: Ctx,
  member: { sellerId: string; userId: string; role: string },
): Promise<void> {
  await tablesOf<Tables>(ctx.tx)
    .insertInto('staff_member')
    .values({ seller_id: member.sellerId, user_id: member.userId, role: member.role })
    .onConflict((conflict) =>
      conflict.columns(['user_id', 'seller_id']).doUpdateSet({ role: member.role }),
    )
    .execute();
}

export type StaffMember = User & { role: string; lastSeenAt: Temporal.Instant | null };

export async function selectStaff(ctx: Ctx, sellerId: string): Promise<StaffMember[]> {
  const { rows } = await sql<
    Tables['user_account'] & { role: string; seen: Temporal.Instant | null }
  >`
    select u.*, s.role, (
      select max(updated_at) from user_session where user_id = u.id
    ) as seen
    from staff_member s join user_account u on u.id = s.user_id
    where s.seller_id = ${sellerId} order by u.name, u.id limit 500`.execute(ctx.tx);
  return rows.map((row) => ({ ...toUser(row), role: row.role, lastSeenAt: row.seen }));
}

export async function insertMember(
  ctx: Ctx,
  member: { userId: string; clientId: string; branch: number; role: string },
): Promise<void> {
  await tablesOf<Tables>(ctx.tx)
    .insertInto('membership')
    .values({
      user_id: member.userId,
      client_id: member.clientId,
      branch_id: member.branch,
      role: member.role,
      active: true,
    })
    .onConflict((conflict) => conflict.columns(['user_id', 'client_id']).doNothing())
    .execute();
}

/** Everyone of a client gets in again, or no longer does. */
export async function updateMembersActive(
  ctx: Ctx,
  clientId: string,
  active: boolean,
): Promise<void> {
  await tablesOf<Tables>(ctx.tx)
    .updateTable('membership')
    .set({ active })
    .where('client_id', '=', clientId)
    .execute();
}

export async function selectMembers(ctx: Ctx, clientId: string): Promise<User[]> {
  const rows = await tablesOf<Tables>(ctx.tx)
    .selectFrom('membership')
    .innerJoin('user_account', 'user_account.id', 'membership.user_id')
    .select(COLUMNS.map((column) => `user_account.${column}` as const))
    .where('membership.client_id', '=', clientId)
    .orderBy('user_account.id')
    .limit(100)
    .execute();
  return rows.map((row) => toUser(row as Tables['user_account']));
}

/** Where a person may act, in one statement; part of every look at a session or a key. */
const PLACES = sql`
  coalesce((
    select jsonb_agg(jsonb_build_object('sellerId', seller_id, 'role', role) order by seller_id)
    from staff_member where user_id = u.id), '[]') as staff,
  coalesce((
    select jsonb_agg(jsonb_build_object('clientId', client_id, 'branch', branch_id) order by client_id)
    from membership where user_id = u.id and active), '[]') as members`;

type PlacesRow = { staff: Person['staff']; members: Person['members'] };

export async function selectPerson(ctx: Ctx, userId: string): Promise<Person> {
  const { rows } = await sql<PlacesRow>`
    select ${PLACES} from user_account u where u.id = ${userId}`.execute(ctx.tx);
  return { userId, staff: rows[0]?.staff ?? [], members: rows[0]?.members ?? [] };
}

export type FoundSession = { id: string; person: Person; actingAs: string | null; demo: boolean };

/** The live session of a brand that a token opens, by the machine's own time. */
export async function selectSession(
  db: Db | Tx,
  brandId: string,
  tokenHash: string,
): Promise<FoundSession | null> {
  const { rows } = await sql<
    PlacesRow & { id: string; user_id: string; acting_as: string | null; demo: boolean }
  >`
    select s.id, s.user_id, s.acting_as, u.demo, ${PLACES}
    from user_session s join user_account u on u.id = s.user_id and u.brand_id = s.brand_id
    where s.token = ${tokenHash} and s.brand_id = ${brandId} and s.expires_at > now()`.execute(db);
  const row = rows[0];
  if (!row) return null;
  const person = { userId: row.user_id, staff: row.staff, members: row.members };
  return { id: row.id, person, actingAs: row.acting_as, demo: row.demo };
}
