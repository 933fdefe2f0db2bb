/**
 * A calendar made by counting days one after the other from 1 January 2000. Nothing of the engine
 * is used, nor any library: it is what the engine is held against.
 */
export type Day = number;

type Date = { year: number; month: number; day: number };

const LENGTHS = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];
const YEARS = { first: 2000, last: 2079 };

function lengthOf(year: number, month: number): number {
  const isLeap = (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0;
  return month === 2 && isLeap ? 29 : (LENGTHS[month - 1] ?? 0);
}

const days: Date[] = [];
const numbers = new Map<string, Day>();
for (let year = YEARS.first; year <= YEARS.last; year += 1) {
  for (let month = 1; month <= 12; month += 1) {
    for (let day = 1; day <= lengthOf(year, month); day += 1) {
      numbers.set(nameOf({ year, month, day }), days.length);
      days.push({ year, month, day });
    }
  }
}

function nameOf({ year, month, day }: Date): string {
  return [year, String(month).padStart(2, '0'), String(day).padStart(2, '0')].join('-');
}

export function textOf(day: Day): string {
  const date = days[day];
  if (!date) throw new Error(`day ${day} is not in the calendar`);
  return nameOf(date);
}

export function dayOf(text: string): Day {
  const day = numbers.get(text);
  if (day === undefined) throw new Error(`${text} is not in the calendar`);
  return day;
}

export function dayOfMonth(day: Day): number {
  return days[day]?.day ?? 0;
}

/** So many months from a day, one month after the other, at last no later than the month's end. */
export function monthsFrom(day: Day, months: number): Day {
  const from = days[day];
  if (!from) throw new Error(`day ${day} is not in the calendar`);
  let { year, month } = from;
  const step = months < 0 ? -1 : 1;
  for (let left = months; left !== 0; left -= step) {
    month += step;
    if (month === 13) [year, month] = [year + 1, 1];
    if (month === 0) [year, month] = [year - 1, 12];
  }
  return dayOf(nameOf({ year, month, day: Math.min(from.day, lengthOf(year, month)) }));
}
