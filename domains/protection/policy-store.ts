import { sql } from 'kysely';
import { branchOf } from '#kit/id.ts';
import type { Ctx } from '#platform/context.ts';
import type { FindingResponse, Mode } from './protection-words.ts';

/** What nodes do that nobody has set anything for: find and tell. */
const FIRST_DEFAULT: Mode = 'detect';
const SETTINGS = 'protection-engine';

export async function selectDefaultMode(ctx: Ctx, sellerId: string): Promise<Mode> {
  const { rows } = await sql<{ mode: Mode }>`
    select mode from protection_default where seller_id = ${sellerId}`.execute(ctx.tx);
  return rows[0]?.mode ?? FIRST_DEFAULT;
}

export async function saveDefaultMode(ctx: Ctx, sellerId: string, mode: Mode): Promise<void> {
  await sql`
    insert into protection_default (seller_id, mode) values (${sellerId}, ${mode})
    on conflict (seller_id) do update set mode = excluded.mode`.execute(ctx.tx);
}

export async function selectResponse(ctx: Ctx, sellerId: string): Promise<FindingResponse> {
  const { rows } = await sql<{ response: FindingResponse }>`
    select response from finding_response where seller_id = ${sellerId}`.execute(ctx.tx);
  return rows[0]?.response ?? 'nothing';
}

export async function saveResponse(
  ctx: Ctx,
  sellerId: string,
  response: FindingResponse,
): Promise<void> {
  await sql`
    insert into finding_response (seller_id, response) values (${sellerId}, ${response})
    on conflict (seller_id) do update set response = excluded.response`.execute(ctx.tx);
}

export type PathMode = { prefix: string; mode: Mode };

export async function selectPaths(ctx: Ctx, accountId: string): Promise<PathMode[]> {
  const { rows } = await sql<PathMode>`
    select prefix, mode from guarded_path
    where branch_id = ${branchOf(accountId)} and account_id = ${accountId}
    order by prefix`.execute(ctx.tx);
  return rows;
}

export async function replacePaths(
  ctx: Ctx,
  accountId: string,
  paths: readonly PathMode[],
): Promise<void> {
  const branch = branchOf(accountId);
  await sql`
    delete from guarded_path where branch_id = ${branch} and account_id = ${accountId}`.execute(
    ctx.tx,
  );
  for (const { prefix, mode } of paths) {
    await sql`
      insert into guarded_path (branch_id, account_id, prefix, mode)
      values (${branch}, ${accountId}, ${prefix}, ${mode})
      on conflict (branch_id, account_id, prefix) do update set mode = excluded.mode`.execute(
      ctx.tx,
    );
  }
}

/** Folders of all accounts that are on a node, by the node's names for them. */
export async function pathsOnNode(
  ctx: Ctx,
  nodeId: string,
): Promise<{ accountRef: string; prefix: string; mode: Mode }[]> {
  const { rows } = await sql<{ accountRef: string; prefix: string; mode: Mode }>`
    select a.account_ref as "accountRef", p.prefix, p.mode
    from guarded_account a
    join guarded_path p on p.branch_id = a.branch_id and p.account_id = a.account_id
    where a.node_id = ${nodeId} and a.gone_at is null`.execute(ctx.tx);
  return rows;
}

/** Our account with an engine's vendor, as its settings schema has it; null when not set up. */
export async function selectEngineSettings(ctx: Ctx, engineId: string): Promise<unknown> {
  const { rows } = await sql<{ sealed: string }>`
    select sealed from protection_engine_account where engine_id = ${engineId}`.execute(ctx.tx);
  return rows[0] ? (JSON.parse(ctx.unseal(SETTINGS, rows[0].sealed)) as unknown) : null;
}

export async function saveEngineSettings(
  ctx: Ctx,
  engineId: string,
  settings: unknown,
): Promise<void> {
  const sealed = ctx.seal(SETTINGS, JSON.stringify(settings));
  await sql`
    insert into protection_engine_account (engine_id, sealed) values (${engineId}, ${sealed})
    on conflict (engine_id) do update set sealed = excluded.sealed`.execute(ctx.tx);
}
