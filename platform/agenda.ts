import type { Actor } from './actor.ts';
import type { Ctx, Outside } from './context.ts';
import { withAdvisoryLock } from './database/advisory-lock.ts';
import type { Runtime } from './runtime.ts';
import { outside, transact } from './runtime.ts';

/**
 * Work that time itself causes: renewals, reminders, retries that are due. A domain keeps the due
 * dates in its own rows and says when the next one is; nothing is scheduled anywhere else, so a
 * moved clock and a restarted process find the same work.
 */
export type AgendaItem = {
  name: string;
  /** The earliest moment at which there is something to do; null when there is nothing. */
  nextDueAt(ctx: Ctx): Promise<Temporal.Instant | null>;
  /** Does all that is due at `outside.now()`, in bounded transactions of its own. */
  runDue(outside: Outside): Promise<void>;
};

const BATCH = 100;

/**
 * The `runDue` of an item whose rows are found by what is due at this moment. Each is worked on once
 * a run, however long that takes: what is due again meanwhile waits for the next run, or a server
 * that is away would keep all other items waiting for ever.
 */
export function eachDue<T extends string | { id: string }>(
  findDue: (ctx: Ctx, limit: number) => Promise<readonly T[]>,
  work: (outside: Outside, one: T) => Promise<void>,
): AgendaItem['runDue'] {
  return async (outside) => {
    const seen = new Set<string>();
    for (;;) {
      const due = await outside.transact((ctx) => findDue(ctx, BATCH));
      const fresh = due.filter((one) => !seen.has(idOf(one)));
      for (const one of fresh) {
        seen.add(idOf(one));
        await work(outside, one);
      }
      if (due.length < BATCH || fresh.length === 0) return;
    }
  };
}

function idOf(one: string | { id: string }): string {
  return typeof one === 'string' ? one : one.id;
}

const CLOCK: Actor = { kind: 'system', name: 'agenda' };

/** The next moment at which any item has work, or null. */
export async function nextDue(runtime: Runtime): Promise<Temporal.Instant | null> {
  const moments = await transact(runtime, CLOCK, async (ctx) => {
    const found: Temporal.Instant[] = [];
    for (const item of runtime.agenda) {
      const at = await item.nextDueAt(ctx);
      if (at) found.push(at);
    }
    return found;
  });
  return moments.toSorted(Temporal.Instant.compare)[0] ?? null;
}

/**
 * Runs every item that is due now. An item that fails is logged and tried at the next tick; the
 * others do not wait for it. Tells the names of those that ran.
 */
export async function runDueItems(runtime: Runtime): Promise<string[]> {
  const ran: string[] = [];
  for (const item of runtime.agenda) {
    try {
      const at = await transact(runtime, CLOCK, (ctx) => item.nextDueAt(ctx));
      // Looked at after asking: an item may answer "now", which is later than before it was asked.
      if (!at || Temporal.Instant.compare(at, runtime.clock.now()) > 0) continue;
      await item.runDue(outside(runtime, { kind: 'system', name: item.name }));
      ran.push(item.name);
    } catch (error) {
      runtime.log.error({ error, item: item.name }, 'an agenda item failed');
    }
  }
  return ran;
}

const TICK_MS = 2000;
/** Whoever works through the agenda, by its tick or by moving the clock, does so alone. */
export const AGENDA_LOCK = 727_003;

/** Looks at the agenda every two seconds until stopped. */
export function startAgenda(runtime: Runtime): { stop(): Promise<void> } {
  let stopping = false;
  let wake = (): void => {};
  const loop = (async () => {
    while (!stopping) {
      await withAdvisoryLock(runtime.db, AGENDA_LOCK, 'try', () => runDueItems(runtime)).catch(
        (error: unknown) => runtime.log.error({ error }, 'the agenda could not be read'),
      );
      if (stopping) break;
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, TICK_MS);
        wake = () => {
          clearTimeout(timer);
          resolve();
        };
      });
    }
  })();
  return {
    stop: async () => {
      stopping = true;
      wake();
      await loop;
    },
  };
}
