/**
 * Days by their numbers. A renewal run names the same few thousand days a million times over, and
 * `Temporal` takes microseconds to make or to move one: here each is made once, and moved by counting.
 */
const KEPT_MAX = 5000;
const kept = new Map<number, Temporal.PlainDate>();
const numbers = new WeakMap<Temporal.PlainDate, number>();

/** Days since 0000-03-01 of the proleptic Gregorian calendar. */
export function dayNumber(on: Temporal.PlainDate): number {
  return numbers.get(on) ?? numberOf(on.year, on.month, on.day);
}

/** Years that begin in March have their leap day at the end. */
function numberOf(year: number, month: number, day: number): number {
  const marchYear = month > 2 ? year : year - 1;
  const monthOfYear = (month + 9) % 12;
  const leapDays =
    Math.floor(marchYear / 4) - Math.floor(marchYear / 100) + Math.floor(marchYear / 400);
  return marchYear * 365 + leapDays + Math.floor((monthOfYear * 153 + 2) / 5) + day - 1;
}

function dayOf(year: number, month: number, day: number): Temporal.PlainDate {
  const number = numberOf(year, month, day);
  return kept.get(number) ?? keep(number, new Temporal.PlainDate(year, month, day));
}

/** Whoever names the day again gets the same object, as long as it is remembered. */
function keep(number: number, on: Temporal.PlainDate): Temporal.PlainDate {
  if (kept.size >= KEPT_MAX) kept.clear();
  kept.set(number, on);
  numbers.set(on, number);
  return on;
}

const ISO = /^(\d{4})-(\d\d)-(\d\d)$/;

/** `2023-04-03` as a day. Throws for text that is none. */
export function dateOf(text: string): Temporal.PlainDate {
  const [, year = 0, month = 0, day = 0] = ISO.exec(text)?.map(Number) ?? [];
  const isDay = month >= 1 && month <= 12 && day >= 1 && day <= daysInMonth(year, month);
  return isDay ? dayOf(year, month, day) : Temporal.PlainDate.from(text);
}

export function addDays(on: Temporal.PlainDate, days: number): Temporal.PlainDate {
  const number = dayNumber(on) + days;
  return kept.get(number) ?? keep(number, on.add({ days }));
}

/** Clamped to the month's end: 31 January and a month are 28 February. */
export function addMonths(on: Temporal.PlainDate, months: number): Temporal.PlainDate {
  const moved = on.year * 12 + on.month - 1 + months;
  const year = Math.floor(moved / 12);
  const month = moved - year * 12 + 1;
  return dayOf(year, month, Math.min(on.day, daysInMonth(year, month)));
}

function daysInMonth(year: number, month: number): number {
  if (month === 2) return numberOf(year, 3, 1) - numberOf(year, 2, 1);
  return month === 4 || month === 6 || month === 9 || month === 11 ? 30 : 31;
}

const MOMENTS_MAX = 5000;
const moments = new Map<string, Temporal.Instant>();

/** The instant of a full hour of a local day. Where a clock change skips it, it comes later. */
export function hourOf(on: Temporal.PlainDate, hour: number, zone: string): Temporal.Instant {
  const name = `${dayNumber(on)} ${hour} ${zone}`;
  const known = moments.get(name);
  if (known) return known;
  // Without a time `toZonedDateTime` knows where the day begins when its midnight is skipped.
  const local =
    hour === 0
      ? on.toZonedDateTime(zone)
      : on.toZonedDateTime({ timeZone: zone, plainTime: { hour } });
  const at = local.toInstant();
  if (moments.size >= MOMENTS_MAX) moments.clear();
  moments.set(name, at);
  return at;
}
