import { AGENDA_LOCK, nextDue, runDueItems } from './agenda.ts';
import { withAdvisoryLock } from './database/advisory-lock.ts';
import type { Runtime } from './runtime.ts';
import { settle } from './work.ts';

export type ClockMover = {
  /** Sets the business time of the whole system to `to`, never back. */
  moveTo(to: Temporal.Instant): Promise<void>;
};

/** How often one moment may be worked on before an item that never finishes is left behind. */
const ROUNDS_MAX = 50;

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
  for (;;) {
    const due = await nextDue(runtime);
    if (!due || Temporal.Instant.compare(due, target) > 0) break;
    if (Temporal.Instant.compare(due, runtime.clock.now()) > 0) {
      await mover.moveTo(due);
      rounds = 0;
      await onStep(due);
    } else if (++rounds > ROUNDS_MAX) {
      // Something stays due however often it runs. Time must not stand still because of it.
      runtime.log.error({ due: due.toString() }, 'an agenda item does not finish');
      break;
    }
    await runDueItems(runtime);
    await settle(runtime);
  }
  if (Temporal.Instant.compare(target, runtime.clock.now()) > 0) await mover.moveTo(target);
  await settle(runtime);
}
