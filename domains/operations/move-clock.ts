import { refuse } from '#kit/refusal.ts';
import { actorName } from '#platform/actor.ts';
import { uniqueViolation } from '#platform/database/retry.ts';
import { moveClock } from '#platform/move-clock.ts';
import { transact } from '#platform/runtime.ts';
import type { Runtime } from '#platform/runtime.ts';
import { SandboxClock } from '#platform/sandbox-clock.ts';
import type { Outside } from '#platform/context.ts';
import { finishClockMove, insertClockMove, latestClockMove, noteClockStop } from './store.ts';
import { upcoming } from './upcoming.ts';

const CLOCK = { kind: 'system', name: 'operations.clock' } as const;

export type ClockTarget = { days: number } | { to: string } | { toNextEvent: true };

/** Nobody needs a sandbox further ahead, and every stop on the way takes time. */
const YEARS_MAX = 10;

/**
 * Starts a move of the sandbox's clock and returns at once: a year of life takes a while, and the
 * row of the move tells how far it has come. One move at a time.
 */
export async function startClockMove(
  runtime: Runtime,
  outside: Outside,
  target: ClockTarget,
): Promise<void> {
  const { clock } = runtime;
  if (!(clock instanceof SandboxClock)) refuse('clock-not-movable');
  const toAt = await resolveTarget(runtime, target);
  const id = await outside
    .transact(async (ctx) => {
      const moveId = ctx.newId('clk', 0);
      await insertClockMove(ctx, { id: moveId, toAt, requestedBy: actorName(ctx.actor) });
      return moveId;
    })
    .catch((error: unknown) => {
      if (uniqueViolation(error) === 'clock_move_one_at_a_time') refuse('clock-already-moving');
      throw error;
    });
  void carryOut(runtime, clock, id, toAt);
}

async function resolveTarget(runtime: Runtime, target: ClockTarget): Promise<Temporal.Instant> {
  const now = runtime.clock.now();
  if ('days' in target) return now.add({ hours: 24 * target.days });
  if ('toNextEvent' in target) return nextEvent(runtime, now);
  const to = Temporal.Instant.from(target.to);
  const furthest = now.add({ hours: 24 * 366 * YEARS_MAX });
  if (Temporal.Instant.compare(to, now) <= 0 || Temporal.Instant.compare(to, furthest) > 0) {
    refuse('clock-time-invalid', { field: 'to' });
  }
  return to;
}

/** What is due already happens by itself; the clock goes to the first event that lies ahead. */
async function nextEvent(runtime: Runtime, now: Temporal.Instant): Promise<Temporal.Instant> {
  const ahead = await transact(runtime, CLOCK, (ctx) => upcoming(ctx, runtime.agenda));
  if (ahead.length === 0) refuse('nothing-due');
  const times = ahead.map(({ at }) => Temporal.Instant.from(at));
  return times.find((at) => Temporal.Instant.compare(at, now) > 0) ?? now;
}

async function carryOut(
  runtime: Runtime,
  clock: SandboxClock,
  id: string,
  toAt: Temporal.Instant,
): Promise<void> {
  let error: string | null = null;
  try {
    await moveClock(runtime, clock, toAt, (at) =>
      transact(runtime, CLOCK, (ctx) => noteClockStop(ctx, id, at)),
    );
  } catch (failure) {
    runtime.log.error({ error: failure }, 'the clock could not be moved');
    error = failure instanceof Error ? failure.message : String(failure);
  }
  await transact(runtime, CLOCK, (ctx) => finishClockMove(ctx, id, error));
}

/** After a restart: a move that was cut off goes on where it stood. */
export async function resumeClockMove(runtime: Runtime): Promise<void> {
  const { clock } = runtime;
  if (!(clock instanceof SandboxClock)) return;
  const move = await transact(runtime, CLOCK, (ctx) => latestClockMove(ctx));
  if (move?.state === 'running') void carryOut(runtime, clock, move.id, move.toAt);
}
