import { createHash } from 'node:crypto';
import { createAdapterFactory } from 'better-auth/adapters';
import type { CleanedWhere, CustomAdapter } from 'better-auth/adapters';
import { sql } from 'kysely';
import type { RawBuilder } from 'kysely';
import type { Db } from '#platform/database/database.ts';

const TABLE: Readonly<Record<string, string>> = {
  user: 'user_account',
  session: 'user_session',
  account: 'user_credential',
  verification: 'user_verification',
  twoFactor: 'user_second_factor',
};

/** The names a table has for the library's: `emailVerified` → `email_verified`. */
const columnOf = (field: string): string =>
  field.replaceAll(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
const fieldOf = (column: string): string =>
  column.replaceAll(/_([a-z])/g, (_, letter: string) => letter.toUpperCase());

/** What the database keeps of a session's token. */
export function tokenHash(token: string): string {
  return createHash('sha256').update(token).digest('base64url');
}

/**
 * better-auth's storage, confined to one brand: every row it writes carries the brand, and no
 * row of another is read, changed or deleted, whatever the library asks for. Session tokens are
 * stored hashed.
 */
export function brandAdapter(db: Db, brandId: string) {
  return createAdapterFactory({
    config: {
      adapterId: 'stoika',
      adapterName: 'Stoika',
      supportsNumericIds: false,
      transaction: false,
    },
    adapter: () => adapterOf(db, brandId),
  });
}

function adapterOf(db: Db, brandId: string): CustomAdapter {
  const rows = async (query: RawBuilder<unknown>): Promise<Fields[]> =>
    (await query.execute(db)).rows.map((row) => toFields(row as Fields));
  return {
    create: async ({ model, data }) => {
      const row = { ...toColumns(model, data), brand_id: brandId };
      const columns = sql.join(Object.keys(row).map((name) => sql.ref(name)));
      const [made] = await rows(sql`
        insert into ${tableOf(model)} (${columns})
        values (${sql.join(Object.values(row))}) returning *`);
      return { ...made, ...tokenOf(model, data) } as never;
    },
    update: async ({ model, where, update }) => {
      const [changed] = await rows(sql`
        update ${tableOf(model)} set ${assignments(model, update as Fields)}
        where ${condition(model, where, brandId)} returning *`);
      return (changed ?? null) as never;
    },
    updateMany: async ({ model, where, update }) => {
      const changed = await rows(sql`
        update ${tableOf(model)} set ${assignments(model, update)}
        where ${condition(model, where, brandId)} returning id`);
      return changed.length;
    },
    findOne: async ({ model, where }) => {
      const [found] = await rows(sql`
        select * from ${tableOf(model)} where ${condition(model, where, brandId)} limit 1`);
      const asked = where.find(({ field }) => field === 'token')?.value;
      return (found ? { ...found, ...tokenOf(model, { token: asked }) } : null) as never;
    },
    findMany: async ({ model, where, limit, sortBy, offset }) => {
      const order = sortBy
        ? sql`order by ${sql.ref(columnOf(sortBy.field))} ${sql.raw(sortBy.direction === 'desc' ? 'desc' : 'asc')}`
        : sql``;
      const found = await rows(sql`
        select * from ${tableOf(model)} where ${condition(model, where ?? [], brandId)}
        ${order} limit ${limit} offset ${offset ?? 0}`);
      return found as never;
    },
    count: async ({ model, where }) => {
      const { rows: counted } = await sql<{ count: number }>`
        select count(*)::int as count from ${tableOf(model)}
        where ${condition(model, where ?? [], brandId)}`.execute(db);
      return counted[0]?.count ?? 0;
    },
    ...deletions(rows, brandId),
    incrementOne: async ({ model, where, increment, set }) => {
      const steps = Object.entries(increment).map(
        ([field, by]) =>
          sql`${sql.ref(columnOf(field))} = coalesce(${sql.ref(columnOf(field))}, 0) + ${by}`,
      );
      const values = Object.entries(set ?? {}).map(
        ([field, value]) => sql`${sql.ref(columnOf(field))} = ${value}`,
      );
      const [changed] = await rows(sql`
        update ${tableOf(model)} set ${sql.join([...steps, ...values])}
        where ${condition(model, where, brandId)} returning *`);
      return (changed ?? null) as never;
    },
  };
}

/** `consumeOne` deletes and tells in one statement, so that of two callers one gets the row. */
function deletions(
  rows: (query: RawBuilder<unknown>) => Promise<Fields[]>,
  brandId: string,
): Pick<CustomAdapter, 'delete' | 'deleteMany' | 'consumeOne'> {
  const remove = (model: string, where: CleanedWhere[]): Promise<Fields[]> =>
    rows(sql`
      delete from ${tableOf(model)} where ${condition(model, where, brandId)} returning *`);
  return {
    delete: async ({ model, where }) => {
      await remove(model, where);
    },
    deleteMany: async ({ model, where }) => (await remove(model, where)).length,
    consumeOne: async ({ model, where }) => ((await remove(model, where))[0] ?? null) as never,
  };
}

type Fields = Record<string, unknown>;

function tableOf(model: string): RawBuilder<unknown> {
  const table = TABLE[model];
  if (!table) throw new Error(`identity has no table for ${model}`);
  return sql.table(table);
}

/** The library works with legacy dates; the database's client gives instants. */
function toFields(row: Fields): Fields {
  return Object.fromEntries(
    Object.entries(row).map(([column, value]) => [
      fieldOf(column),
      value instanceof Temporal.Instant ? new Date(value.epochMilliseconds) : value,
    ]),
  );
}

function toColumns(model: string, data: Fields): Fields {
  return Object.fromEntries(
    Object.entries(data).map(([field, value]) => [columnOf(field), stored(model, field, value)]),
  );
}

function stored(model: string, field: string, value: unknown): unknown {
  if (value instanceof Date) return value.toISOString();
  if (model !== 'session' || field !== 'token') return value;
  return Array.isArray(value)
    ? value.map((token) => tokenHash(String(token)))
    : tokenHash(String(value));
}

/** The caller knows the token it made or asked for; the row has only its hash. */
function tokenOf(model: string, data: Fields): Fields {
  return model === 'session' && typeof data['token'] === 'string' ? { token: data['token'] } : {};
}

function assignments(model: string, update: Fields): RawBuilder<unknown> {
  return sql.join(
    Object.entries(toColumns(model, update)).map(
      ([column, value]) => sql`${sql.ref(column)} = ${value}`,
    ),
  );
}

const COMPARISON: Readonly<Record<string, string>> = {
  eq: '=',
  ne: '<>',
  lt: '<',
  lte: '<=',
  gt: '>',
  gte: '>=',
};

function condition(
  model: string,
  where: readonly CleanedWhere[],
  brandId: string,
): RawBuilder<unknown> {
  const all = where.map(({ field, value, operator, connector }) => {
    if (connector !== 'AND') throw new Error(`identity does not store ${connector} conditions`);
    const column = sql.ref(columnOf(field));
    const against = stored(model, field, value);
    if (operator === 'in') return sql`${column} = any(${against})`;
    if (against === null)
      return operator === 'eq' ? sql`${column} is null` : sql`${column} is not null`;
    const sign = COMPARISON[operator];
    if (!sign) throw new Error(`identity does not store ${operator} conditions`);
    return sql`${column} ${sql.raw(sign)} ${against}`;
  });
  return sql.join([sql`brand_id = ${brandId}`, ...all], sql` and `);
}
