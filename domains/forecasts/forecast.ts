import type { ForecastKind, ForecastState, Payers } from './forecast-words.ts';

/** One look ahead, computed slice by slice. */
export type Forecast = {
  readonly id: string;
  readonly sellerId: string;
  readonly kind: ForecastKind;
  /** The edition, or for a simulation the seller itself. */
  readonly subjectId: string;
  readonly payers: Payers;
  readonly months: number;
  readonly state: ForecastState;
  /** The business moment it looks ahead from. */
  readonly asOf: Temporal.Instant;
  readonly catalogueRevision: string;
  /** Live packages at the start, and how many of them are done. */
  readonly packages: number;
  readonly packagesDone: number;
  readonly slices: number;
  readonly afterBranch: number;
  readonly afterClient: string;
  /** The machine's time. */
  readonly startedAt: Temporal.Instant;
  readonly finishedAt: Temporal.Instant | null;
};

export type Series = 'before' | 'after' | 'invoiced' | 'paid' | 'refused' | 'suspended' | 'deleted';

/** What one series comes to in a month (`2023-04`) and currency. Minor units. */
export type MonthSum = {
  readonly month: string;
  readonly currency: string;
  readonly series: Series;
  readonly count: number;
  readonly netMinor: bigint;
  readonly totalMinor: bigint;
};

/** The end of the span: the same local day so many months on. */
export function endOf(asOf: Temporal.Instant, months: number, zone: string): Temporal.Instant {
  return asOf.toZonedDateTimeISO(zone).add({ months }).startOfDay().toInstant();
}
