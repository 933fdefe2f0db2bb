import type { Ctx } from '#platform/context.ts';
import type { EngineEvent, EngineScan } from './protection-engine.ts';

/** Clocks of nodes may be this far off; what is further away is a clock that was moved. */
const SAME_MS = 60_000;

/** Says when something happened in the days that people on the screens live in. */
type InBusinessTime = <T extends string | null>(instant: T) => T;

/**
 * Nodes tell the machine's time. Business time is the same but in a sandbox whose clock was moved:
 * there what was found this minute must not be dated years after the invoice of this morning.
 */
export function inBusinessTime({ now }: Pick<Ctx, 'now'>): InBusinessTime {
  const driftMs = now.epochMilliseconds - Date.now();
  if (Math.abs(driftMs) < SAME_MS) return (instant) => instant;
  const moved = (instant: string): string =>
    Temporal.Instant.from(instant).add({ milliseconds: driftMs }).toString();
  return (instant) => (instant === null ? instant : (moved(instant) as typeof instant));
}

type Times = Pick<EngineScan, 'startedAt' | 'endedAt'>;

export function scanInBusinessTime<T extends Times>(ctx: Ctx, scan: T): T {
  const at = inBusinessTime(ctx);
  return { ...scan, startedAt: at(scan.startedAt), endedAt: at(scan.endedAt) };
}

export function eventInBusinessTime(ctx: Ctx, told: EngineEvent): EngineEvent {
  const at = inBusinessTime(ctx);
  const event = { ...told, at: at(told.at) };
  if (event.kind === 'scan') return scanInBusinessTime(ctx, event);
  if (event.kind === 'mended') return { ...event, restorableUntil: at(event.restorableUntil) };
  if (event.kind !== 'finding') return event;
  const origin = event.origin && { ...event.origin, at: at(event.origin.at) };
  return { ...event, foundAt: at(event.foundAt), origin };
}
