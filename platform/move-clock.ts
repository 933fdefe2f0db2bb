import { AGENDA_LOCK, nextDue, runDueItems } from './agenda.ts';
import { withAdvisoryLock } from './database/advisory-lock.ts';
import type { Runtime } from './runtime.ts';
import { settle } from './work.ts';

export type ClockMover = {
  /** Sets the business time of the whole system to `to`, never back. */
  moveTo(to: Temporal.Instant): Promise<void>;
};

/** How often one moment may be worked on before what stays due there is left for later. */
const ROUNDS_MAX = 50;
/** How far time goes on when something stays due, and how often it is then tried at each stop. */
const STUCK_STEP_HOURS = 6;
const STUCK_ROUNDS_MAX = 2;

/**
 * Moves business time forward to `target` and lets everything happen that would have happened on
 * the way, in order: the clock stops at each moment at which something is due, does it, lets all
 * that it causes settle, and goes on. `onStep` is told of each stop.
 */
export async function moveClock(
  runtime: Runtime,
  mover: ClockMover,
  target: Temporal.Instant,
  onStep: (at: Temporal.Instant) => Promise<void> | void = () => {},
): Promise<void> {
  await withAdvisoryLock(runtime.db, AGENDA_LOCK, 'wait', () =>
    stepTo(runtime, mover, target, onStep),
  );
}

async function stepTo(
  runtime: Runtime,
  mover: ClockMover,
  target: Temporal.Instant,
  onStep: (at: Temporal.Instant) => Promise<void> | void,
): Promise<void> {
  await settle(runtime);
  let rounds = 0;
  let roundsMax = ROUNDS_MAX;
  for (;;) {
    const due = await nextDue(runtime);
    const now = runtime.clock.now();
    if (!due || Temporal.Instant.compare(due, target) > 0) break;
    let stop = due;
    if (Temporal.Instant.compare(due, now) <= 0 && ++rounds > roundsMax) {
      // Something stays due however often it runs (a vendor is away). Time goes on in small
      // steps, so that everything else still happens near its own moment.
      runtime.log.warn({ due: due.toString() }, 'an agenda item stays due');
      if (Temporal.Instant.compare(now, target) >= 0) break;
      roundsMax = STUCK_ROUNDS_MAX;
      stop = earlier(now.add({ hours: STUCK_STEP_HOURS }), target);
    }
    if (Temporal.Instant.compare(stop, now) > 0) {
      await mover.moveTo(stop);
      rounds = 0;
      await onStep(stop);
    }
    await runDueItems(runtime);
    await settle(runtime);
  }
  if (Temporal.Instant.compare(target, runtime.clock.now()) > 0) await mover.moveTo(target);
  await settle(runtime);
}

function earlier(a: Temporal.Instant, b: Temporal.Instant): Temporal.Instant {
  return Temporal.Instant.compare(a, b) < 0 ? a : b;
}
