import { compareDates, localDate } from '#kit/term.ts';

/** Why nothing more is taken from a saved card by itself. */
export const CHARGE_ENDS = [
  /** There is no card, or none that works. */
  'no-method',
  /** The bank wants the client to be there. */
  'payer',
  /** The bank will never take this card again. */
  'method',
  /** Every day of the policy has gone by. */
  'tried-out',
  /** The client has switched automatic renewal off. */
  'not-automatic',
] as const;
export type ChargeEnd = (typeof CHARGE_ENDS)[number];

/** How taking a debt from the client's saved card stands. */
export type Charging = {
  chargeAt: Temporal.Instant | null;
  /** The local day of the first try, from which the policy counts. */
  chargeFrom: Temporal.PlainDate | null;
  charges: number;
  /** The payment of the last try. */
  chargePaymentId: string | null;
  chargeEnded: ChargeEnd | null;
};

export const NOT_CHARGED: Charging = {
  chargeAt: null,
  chargeFrom: null,
  charges: 0,
  chargePaymentId: null,
  chargeEnded: null,
};

/** Money is asked for in the morning of the seller's day. */
const HOUR = 9;

type Terms = { zone: string; now: Temporal.Instant; chargeDays: readonly number[] };

/** Tries that begin on this day, or today if that is later. */
export function plannedFrom(
  charging: Charging,
  { from, zone, now, chargeDays }: Terms & { from: Temporal.PlainDate | 'today' },
): Charging {
  const today = localDate(now, zone);
  const chargeFrom = from === 'today' || compareDates(from, today) < 0 ? today : from;
  const at = nextTry({ chargeFrom, after: today.subtract({ days: 1 }) }, { zone, chargeDays });
  if (!at) return ended(charging, 'tried-out');
  const chargeAt = Temporal.Instant.compare(at, now) < 0 ? now : at;
  return { ...charging, chargeAt, chargeFrom, chargeEnded: null };
}

/** The try after one that failed today: on the next day the policy names, or none any more. */
export function plannedAfter(charging: Charging, { zone, now, chargeDays }: Terms): Charging {
  const today = localDate(now, zone);
  const chargeFrom = charging.chargeFrom ?? today;
  const chargeAt = nextTry({ chargeFrom, after: today }, { zone, chargeDays });
  return chargeAt ? { ...charging, chargeAt, chargeFrom } : ended(charging, 'tried-out');
}

export function ended(charging: Charging, chargeEnded: ChargeEnd): Charging {
  return { ...charging, chargeAt: null, chargeEnded };
}

/** Whether a try was begun whose end is not known yet. */
export function isUnderWay({ chargeAt, chargePaymentId, chargeEnded }: Charging): boolean {
  return chargePaymentId !== null && chargeAt === null && chargeEnded === null;
}

function nextTry(
  { chargeFrom, after }: { chargeFrom: Temporal.PlainDate; after: Temporal.PlainDate },
  { zone, chargeDays }: { zone: string; chargeDays: readonly number[] },
): Temporal.Instant | null {
  const days = chargeDays.map((days) => chargeFrom.add({ days })).toSorted(compareDates);
  const on = days.find((day) => compareDates(day, after) > 0);
  const plainTime = { hour: HOUR };
  return on ? on.toZonedDateTime({ timeZone: zone, plainTime }).toInstant() : null;
}
