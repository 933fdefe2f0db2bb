import { daysBetween } from '#kit/term.ts';
import type { Edition } from './edition.ts';

/** Was the holder told of this edition early enough before that boundary? */
export type Noticed = (edition: Edition, boundaryOn: Temporal.PlainDate) => boolean;

/** One notice that went out to the holder of a subscription. */
export type NoticeRecord = {
  readonly editionId: string;
  readonly noticedOn: Temporal.PlainDate;
};

/** Rule 7 over what was recorded: the edition's own number of days before the boundary. */
export function noticedBy(records: readonly NoticeRecord[]): Noticed {
  return (edition, boundaryOn) =>
    records.some(
      ({ editionId, noticedOn }) =>
        editionId === edition.id && daysBetween(noticedOn, boundaryOn) >= edition.noticeDays,
    );
}

/** For purchases, which are shown their price, and for asking what a full notice would bring. */
export const everythingNoticed: Noticed = () => true;

export const nothingNoticed: Noticed = () => false;
