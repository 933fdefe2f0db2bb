import { sql } from 'kysely';
import type { Ctx } from '#platform/context.ts';
import type { SupplierLicence } from './supplier.ts';

export type StrayLicence = SupplierLicence & { supplierId: string; foundAt: Temporal.Instant };

export type SupplierCheck = {
  supplierId: string;
  /** The last comparison that was carried out; null before the first. */
  checkedAt: Temporal.Instant | null;
  /** Why the last attempt came to nothing. */
  error: string | null;
};

export async function selectChecks(ctx: Ctx): Promise<SupplierCheck[]> {
  const { rows } = await sql<SupplierCheck>`
    select supplier_id as "supplierId", checked_at as "checkedAt", check_error as error
    from supplier_account order by supplier_id`.execute(ctx.tx);
  return rows;
}

/** The suppliers whose comparison is due by the wall clock. */
export async function suppliersToCheck(ctx: Ctx, nowMs: number): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    select supplier_id as id from supplier_account
    where next_check_at_ms <= ${nowMs} order by supplier_id`.execute(ctx.tx);
  return rows.map(({ id }) => id);
}

/** Sets when an account is looked at next; `checked` when it has just been compared. */
export async function noteCheck(
  ctx: Ctx,
  supplierId: string,
  note: { nextCheckAtMs: number; checked: boolean; error: string | null },
): Promise<void> {
  await sql`
    update supplier_account set next_check_at_ms = ${note.nextCheckAtMs},
      check_error = ${note.error},
      checked_at = case when ${note.checked} then ${ctx.now}::timestamptz else checked_at end
    where supplier_id = ${supplierId}`.execute(ctx.tx);
}

/** A purchase is under way whose key may be at the supplier and not yet with us. */
export async function hasUnexplained(ctx: Ctx, supplierId: string): Promise<boolean> {
  const { rows } = await sql`
    select 1 from licence
    where supplier_id = ${supplierId} and state = 'issuing' and last_asked_at_ms is not null
    limit 1`.execute(ctx.tx);
  return rows.length > 0;
}

export async function selectStrays(ctx: Ctx): Promise<StrayLicence[]> {
  const { rows } = await sql<StrayLicence>`
    select supplier_id as "supplierId", licence_key as key, product, state, domain, ip,
      found_at as "foundAt"
    from stray_licence order by supplier_id, found_at, licence_key`.execute(ctx.tx);
  return rows;
}

/** What the comparison found takes the place of what the one before did; old finds keep their age. */
export async function replaceStrays(
  ctx: Ctx,
  supplierId: string,
  strays: readonly SupplierLicence[],
): Promise<void> {
  await sql`
    delete from stray_licence
    where supplier_id = ${supplierId} and licence_key <> all (${strays.map(({ key }) => key)}::text[])
  `.execute(ctx.tx);
  for (const { key, product, state, domain, ip } of strays) {
    await sql`
      insert into stray_licence
        (supplier_id, licence_key, product, state, domain, ip, found_at)
      values (${supplierId}, ${key}, ${product}, ${state}, ${domain}, ${ip}, ${ctx.now})
      on conflict (supplier_id, licence_key) do update
        set product = excluded.product, state = excluded.state, domain = excluded.domain,
          ip = excluded.ip`.execute(ctx.tx);
  }
}

export async function deleteStray(ctx: Ctx, supplierId: string, key: string): Promise<void> {
  await sql`
    delete from stray_licence
    where supplier_id = ${supplierId} and licence_key = ${key}`.execute(ctx.tx);
}
