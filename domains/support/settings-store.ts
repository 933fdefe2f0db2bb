import { sql } from 'kysely';
import type { Ctx } from '#platform/context.ts';
import { jsonb } from '#platform/database/database.ts';
import type { SupportSettings } from './support-settings.ts';

export async function selectSettings(ctx: Ctx, brandId: string): Promise<SupportSettings | null> {
  const { rows } = await sql<{ settings: SupportSettings }>`
    select settings from support_settings where brand_id = ${brandId}`.execute(ctx.tx);
  return rows[0]?.settings ?? null;
}

export async function saveSettings(
  ctx: Ctx,
  brandId: string,
  settings: SupportSettings,
): Promise<void> {
  await sql`
    insert into support_settings (brand_id, settings) values (${brandId}, ${jsonb(settings)})
    on conflict (brand_id) do update set settings = excluded.settings`.execute(ctx.tx);
}

/** Departments of a brand in which something is not closed. */
export async function busyDepartments(ctx: Ctx, brandId: string): Promise<string[]> {
  const { rows } = await sql<{ department: string }>`
    select distinct department from ticket
    where brand_id = ${brandId} and state <> 'closed'`.execute(ctx.tx);
  return rows.map(({ department }) => department);
}
