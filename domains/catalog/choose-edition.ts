import { compareDates } from '#kit/term.ts';
import type { Edition } from './edition.ts';
import type { Standing } from './standing.ts';

/** What an edition says of the thing asked for; `undefined` when it does not speak of it. */
type Reading<T> = (edition: Edition) => T | undefined;

/**
 * Rule 5 with rule 7: the newest edition that speaks of the thing and either held already when
 * the subscription was bought, or reaches existing subscriptions by this boundary. What would be
 * worse for the buyer than the edition it replaces reaches them only with notice in time; without
 * it the older one holds for this renewal.
 */
export function chooseEdition<T>(
  newestFirst: readonly Edition[],
  standing: Standing,
  read: Reading<T>,
  isWorse: (before: T, after: T) => boolean,
): { edition: Edition; value: T } | null {
  for (const [index, edition] of newestFirst.entries()) {
    const value = read(edition);
    if (value === undefined) continue;
    if (isOnOrBefore(edition.effectiveOn, standing.subscribedOn)) return { edition, value };
    if (!edition.existingOn || !isOnOrBefore(edition.existingOn, standing.boundaryOn)) continue;
    const older = chooseEdition(newestFirst.slice(index + 1), standing, read, isWorse);
    if (!older || !isWorse(older.value, value)) return { edition, value };
    const { boundaryOn, subscribedOn } = standing;
    if (standing.noticed(edition, boundaryOn, subscribedOn)) return { edition, value };
    return older;
  }
  return null;
}

function isOnOrBefore(a: Temporal.PlainDate, b: Temporal.PlainDate): boolean {
  return compareDates(a, b) <= 0;
}
