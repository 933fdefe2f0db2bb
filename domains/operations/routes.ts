import { pageOf } from '#kit/page.ts';
import { refuse } from '#kit/refusal.ts';
import type { Ctx } from '#platform/context.ts';
import { nextDue } from '#platform/agenda.ts';
import { serve } from '#platform/http/serve.ts';
import { transact } from '#platform/runtime.ts';
import type { Runtime } from '#platform/runtime.ts';
import type { Actor } from '#platform/actor.ts';
import { SandboxClock } from '#platform/sandbox-clock.ts';
import { brandIdsWithin } from '#domains/brands/index.ts';
import { findSeller } from '#domains/sellers/index.ts';
import { operationsContract } from './contract.ts';
import { startClockMove } from './move-clock.ts';
import { countJobs, latestClockMove, requeueJob, selectAudit, selectJobs } from './store.ts';

export const operationsRoutes = serve(operationsContract, {
  clock: {
    outside: async (outside, _input, http) => {
      await outside.transact(requireOperator);
      return clockState(http.runtime, outside.actor);
    },
  },
  moveClock: {
    outside: async (outside, target, http) => {
      await outside.transact(requireOperator);
      await startClockMove(http.runtime, outside, target);
      return clockState(http.runtime, outside.actor);
    },
  },
  jobs: async (ctx, filter) => {
    await requireOperator(ctx);
    const jobs = await selectJobs(ctx, filter);
    return {
      counts: await countJobs(ctx),
      items: jobs.map((job) => ({
        ...job,
        createdAt: job.createdAt.toString(),
        startAfter: job.startAfter.toString(),
      })),
    };
  },
  retryJob: async (ctx, { id }) => {
    await requireOperator(ctx);
    if (!(await requeueJob(ctx, id))) refuse('job-not-found');
    return { id };
  },
  audit: async (ctx, { limit, ...filter }) => {
    const { actor } = ctx;
    const brandIds = actor.kind === 'staff' ? await brandIdsWithin(ctx, actor.sellerId) : [];
    const page = pageOf(
      await selectAudit(ctx, { ...filter, brandIds, limit }),
      limit,
      (row) => row.id,
    );
    return {
      items: page.items.map((row) => ({
        id: row.id,
        at: row.at.toString(),
        operation: row.operation,
        actorKind: row.actor_kind,
        actorId: row.actor_id,
        subjectId: row.subject_id,
        address: row.address,
        requestId: row.request_id,
        input: row.input,
      })),
      next: page.next,
    };
  },
});

/** Jobs and the clock are the whole installation's: a reseller's staff have no business there. */
async function requireOperator(ctx: Ctx): Promise<void> {
  const seller = ctx.actor.kind === 'staff' ? await findSeller(ctx, ctx.actor.sellerId) : null;
  if (seller?.depth !== 0) refuse('not-allowed');
}

async function clockState(runtime: Runtime, actor: Actor) {
  const due = await nextDue(runtime);
  const move = await transact(runtime, actor, (ctx) => latestClockMove(ctx));
  return {
    now: runtime.clock.now().toString(),
    movable: runtime.clock instanceof SandboxClock,
    nextDueAt: due?.toString() ?? null,
    move: move && {
      id: move.id,
      from: move.fromAt.toString(),
      to: move.toAt.toString(),
      reached: move.reachedAt.toString(),
      stops: move.stops,
      state: move.state,
      startedAt: move.startedAt.toString(),
      error: move.error,
    },
  };
}
