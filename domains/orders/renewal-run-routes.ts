import { pageOf } from '#kit/page.ts';
import { refuse } from '#kit/refusal.ts';
import type { Ctx } from '#platform/context.ts';
import { findSeller } from '#domains/sellers/index.ts';
import { countDue } from '#domains/subscriptions/index.ts';
import type { RenewalRun, RunState } from './renewal-run.ts';
import { moveRun, selectExceptions, selectRun, selectRuns } from './renewal-run-store.ts';

async function requireOperator(ctx: Ctx): Promise<void> {
  if (ctx.actor.kind !== 'staff') refuse('not-allowed');
  const seller = await findSeller(ctx, ctx.actor.sellerId);
  if (seller?.depth !== 0) refuse('not-allowed');
}

async function viewRun(ctx: Ctx, run: RenewalRun) {
  const { counts, seconds, startedAt, finishedAt, ...rest } = run;
  const done = counts.renewed + counts.unpaid + counts.locked + counts.refused;
  return {
    ...rest,
    ...counts,
    startedAt: startedAt.toString(),
    finishedAt: finishedAt?.toString() ?? null,
    remaining: run.state === 'done' ? 0 : await countDue(ctx, 'renew'),
    perSecond: seconds > 0 ? Math.round((done / seconds) * 10) / 10 : 0,
  };
}

async function runFor(ctx: Ctx, id: string): Promise<RenewalRun> {
  await requireOperator(ctx);
  return (await selectRun(ctx, id)) ?? refuse('renewal-run-not-found', { field: 'id' });
}

async function move(ctx: Ctx, id: string, from: RunState, to: RunState) {
  const run = await runFor(ctx, id);
  if (!(await moveRun(ctx, id, from, to))) refuse(`renewal-run-not-${from}`);
  return viewRun(ctx, { ...run, state: to });
}

/** What the operator's staff see of renewal runs, and how they stop one. */
export const renewalRunRoutes = {
  renewalRuns: async (ctx: Ctx, input: { cursor?: string | undefined; limit: number }) => {
    await requireOperator(ctx);
    const { cursor: before, limit } = input;
    const page = pageOf(await selectRuns(ctx, { before, limit }), limit, ({ id }) => id);
    const items = [];
    for (const run of page.items) items.push(await viewRun(ctx, run));
    return { ...page, items };
  },
  renewalRun: async (ctx: Ctx, { id }: { id: string }) => viewRun(ctx, await runFor(ctx, id)),
  renewalExceptions: async (
    ctx: Ctx,
    input: { id: string; cursor?: string | undefined; limit: number },
  ) => {
    const { cursor: after, limit } = input;
    const run = await runFor(ctx, input.id);
    const found = await selectExceptions(ctx, run.id, { after, limit });
    return pageOf(found, limit, ({ subscriptionId }) => subscriptionId);
  },
  pauseRenewals: (ctx: Ctx, { id }: { id: string }) => move(ctx, id, 'running', 'paused'),
  resumeRenewals: (ctx: Ctx, { id }: { id: string }) => move(ctx, id, 'paused', 'running'),
};
