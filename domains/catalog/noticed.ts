import { compareDates, daysBetween, isBefore } from '#kit/term.ts';
import type { Edition } from './edition.ts';

/**
 * Was the holder of something, bought on the day `since`, told of this edition early enough before
 * that boundary?
 */
export type Noticed = (
  edition: Edition,
  boundaryOn: Temporal.PlainDate,
  since: Temporal.PlainDate,
) => boolean;

/** One notice that went out to the holder of a subscription. */
export type NoticeRecord = {
  readonly editionId: string;
  readonly noticedOn: Temporal.PlainDate;
  /** Set: it says nothing of what was bought on this day or later. */
  readonly boughtBefore?: Temporal.PlainDate;
};

/**
 * Rule 7 over what was recorded: the edition's own number of days before the boundary. A letter
 * cannot speak of what was bought after it: that is told of at its purchase, and counts from then.
 */
export function noticedBy(records: readonly NoticeRecord[]): Noticed {
  return (edition, boundaryOn, since) =>
    records.some(({ editionId, noticedOn, boughtBefore }) => {
      if (editionId !== edition.id) return false;
      if (boughtBefore && !isBefore(since, boughtBefore)) return false;
      const toldOn = compareDates(noticedOn, since) < 0 ? since : noticedOn;
      return daysBetween(toldOn, boundaryOn) >= edition.noticeDays;
    });
}

/** For purchases, which are shown their price, and for asking what a full notice would bring. */
export const everythingNoticed: Noticed = () => true;

export const nothingNoticed: Noticed = () => false;
