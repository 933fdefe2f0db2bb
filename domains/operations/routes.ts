import { pageOf } from '#kit/page.ts';
import { refuse } from '#kit/refusal.ts';
import type { Ctx } from '#platform/context.ts';
import { serve } from '#platform/http/serve.ts';
import { transact } from '#platform/runtime.ts';
import type { Runtime } from '#platform/runtime.ts';
import type { Actor } from '#platform/actor.ts';
import { SandboxClock } from '#platform/sandbox-clock.ts';
import { brandIdsWithin } from '#domains/brands/index.ts';
import { findUser } from '#domains/identity/index.ts';
import { findSeller } from '#domains/sellers/index.ts';
import { upcoming } from './upcoming.ts';
import { operationsContract } from './contract.ts';
import { startClockMove } from './move-clock.ts';
import { countJobs, latestClockMove, requeueJob, selectAudit, selectJobs } from './store.ts';
import type { AuditRow } from './store.ts';

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
    const names = await namesOf(ctx, page.items);
    return {
      items: page.items.map((row) => ({
        id: row.id,
        at: row.at.toString(),
        operation: row.operation,
        actorKind: row.actor_kind,
        actorId: row.actor_id,
        actorName: names.get(row.actor_id ?? '') ?? null,
        subjectId: row.subject_id,
        address: row.address,
        requestId: row.request_id,
        input: row.input,
      })),
      next: page.next,
    };
  },
});

/** Those who did what the rows tell of, by their ids. */
async function namesOf(ctx: Ctx, rows: readonly AuditRow[]): Promise<Map<string, string>> {
  const names = new Map<string, string>();
  for (const id of new Set(rows.flatMap((row) => row.actor_id ?? []))) {
    const user = await findUser(ctx, id);
    if (user) names.set(id, user.name);
  }
  return names;
}

/** Jobs and the clock are the whole installation's: a reseller's staff have no business there. */
async function requireOperator(ctx: Ctx): Promise<void> {
  const seller = ctx.actor.kind === 'staff' ? await findSeller(ctx, ctx.actor.sellerId) : null;
  if (seller?.depth !== 0) refuse('not-allowed');
}

/** As many as a glance takes in. */
const AHEAD_MAX = 8;

async function clockState(runtime: Runtime, actor: Actor) {
  const ahead = await transact(runtime, actor, (ctx) => upcoming(ctx, runtime.agenda));
  const move = await transact(runtime, actor, (ctx) => latestClockMove(ctx));
  return {
    now: runtime.clock.now().toString(),
    movable: runtime.clock instanceof SandboxClock,
    nextDueAt: ahead[0]?.at ?? null,
    ahead: ahead.slice(0, AHEAD_MAX),
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
