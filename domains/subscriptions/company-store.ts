import { sql } from 'kysely';
import type { Ctx } from '#platform/context.ts';
import { rowsOf } from '#platform/database/rows.ts';
import type { LifeCycleStepName } from './life-cycle.ts';
import { toSubscription } from './store.ts';
import type { Row } from './store.ts';
import type { Subscription } from './subscription.ts';

/** All packages of the same client, brand and currency whose step is due, held, by id. */
export async function lockDueOfClient(
  ctx: Ctx,
  of: Pick<Subscription, 'branch' | 'clientId' | 'brandId' | 'currency'>,
  step: LifeCycleStepName,
): Promise<Subscription[]> {
  const { rows } = await sql<Row>`
    select * from subscription
    where branch_id = ${of.branch} and client_id = ${of.clientId} and brand_id = ${of.brandId}
      and currency = ${of.currency} and next_step = ${step} and next_step_at <= ${ctx.now}
    order by id for update`.execute(ctx.tx);
  return rows.map(toSubscription);
}

/** Those of the packages whose client has another for which the same step is due. */
export async function selectInCompany(
  ctx: Ctx,
  some: readonly Subscription[],
  step: LifeCycleStepName,
): Promise<Set<string>> {
  const types = {
    ...{ branch: 'int4', id: 'text', client: 'text', brand: 'text', currency: 'text' },
  };
  const asked = some.map(({ branch, id, clientId, brandId, currency }) => ({
    ...{ branch, id, client: clientId, brand: brandId, currency },
  }));
  const { rows } = await sql<{ id: string }>`
    select r.id from ${rowsOf(types, asked)}
    where exists (
      select from subscription o
      where o.branch_id = r.branch and o.client_id = r.client and o.brand_id = r.brand
        and o.currency = r.currency and o.id <> r.id
        and o.next_step = ${step} and o.next_step_at <= ${ctx.now})`.execute(ctx.tx);
  return new Set(rows.map(({ id }) => id));
}
