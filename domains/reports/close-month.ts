import {
  DEFERRED_REVENUE,
  enter,
  movementOf,
  openJournal,
  REVENUE,
  saveJournal,
} from '#domains/ledger/index.ts';
import { TAX_DIFFERENCE, taxCode } from '#domains/ledger/index.ts';
import type { Movement } from '#domains/ledger/index.ts';
import type { Seller } from '#domains/sellers/index.ts';
import { renderedTaxDifference, rateOn, taxRatesOf } from '#domains/tax/index.ts';
import { money } from '#kit/money.ts';
import { refuse } from '#kit/refusal.ts';
import { compareDates, isBefore, startOfDay } from '#kit/term.ts';
import type { Ctx } from '#platform/context.ts';
import { bookOf } from './book.ts';
import {
  firstIssuedOn,
  holdBook,
  insertClosed,
  rateChangesIn,
  selectClosed,
} from './close-store.ts';
import type { MonthTotals } from './close-store.ts';
import { rescheduleClosing } from './month-closing.ts';
import type { Months } from './months.ts';
import { selectEarnedTaxed } from './revenue-store.ts';
import type { EarnedTaxed } from './revenue-store.ts';

const BRANCHES_AT_ONCE = 1000;

/**
 * Posts what a book earned up to the end of a month and has not posted: deferred revenue becomes
 * revenue, dated within the month, and the tax owed beyond what was charged is booked where a rate
 * changed before the service was rendered. Months left out before it are posted with it; a closed
 * month never changes, what is credited later is taken back in the month of the note. Closing
 * twice is closing once. Refuses `month-not-over`, `month-closed-already` for one before the last
 * closed, `seller-not-found`.
 */
export async function closeMonth(
  ctx: Ctx,
  query: { sellerId?: string | undefined; month: string },
): Promise<void> {
  const seller = await bookOf(ctx, query.sellerId);
  const month = Temporal.PlainYearMonth.from(query.month).toPlainDate({ day: 1 });
  await closeBookMonth(ctx, seller, month);
}

/** The same of a book that is known, by its month's first day: one close of a book at a time. */
export async function closeBookMonth(
  ctx: Ctx,
  seller: Seller,
  month: Temporal.PlainDate,
): Promise<void> {
  const end = month.add({ months: 1 });
  const endAt = startOfDay(end, seller.zone);
  if (Temporal.Instant.compare(ctx.now, endAt) < 0) {
    refuse('month-not-over', { field: 'month' });
  }
  await holdBook(ctx, seller.id);
  const [last] = await selectClosed(ctx, seller.id);
  if (last?.month.equals(month)) return;
  if (last && isBefore(month, last.month)) refuse('month-closed-already', { field: 'month' });
  const since = last?.month.add({ months: 1 }) ?? (await firstIssuedOn(ctx, seller.id)) ?? month;
  const first = isBefore(end, since) ? month : since;
  const parts = await partsOf(ctx, seller, { first, end });
  const earned = await selectEarnedTaxed(ctx, seller.id, parts);
  const owed = await differencesOf(ctx, parts, earned);
  if (!(await insertClosed(ctx, seller.id, { month, totals: totalsOf(earned, owed) }))) return;
  const dated = { ...ctx, now: endAt.subtract({ milliseconds: 1 }) };
  await postAll(dated, movementsOf(seller, month, { earned, owed }));
  await rescheduleClosing(ctx, seller);
}

/** The span cut where a rate of tax changes: within a part every place has one rate. */
async function partsOf(
  ctx: Ctx,
  { zone }: Seller,
  span: { first: Temporal.PlainDate; end: Temporal.PlainDate },
): Promise<Months> {
  const changes = await rateChangesIn(ctx, span);
  const days = [span.first, ...changes, span.end].toSorted(compareDates);
  const instants = days.map((day) => startOfDay(day, zone));
  const names = days.slice(0, -1).map(String);
  const firstAt = startOfDay(span.first, zone);
  return { names, days, instants, ...span, firstAt, endAt: startOfDay(span.end, zone) };
}

type Owed = { branch: number; currency: string; place: string; minor: bigint };

/** Tax beyond what was charged, for what was rendered at another rate. */
async function differencesOf(
  ctx: Ctx,
  parts: Months,
  earned: readonly EarnedTaxed[],
): Promise<Owed[]> {
  const rates = new Map<string, Awaited<ReturnType<typeof taxRatesOf>>>();
  const owed: Owed[] = [];
  for (const one of earned.filter(({ rateBp }) => rateBp > 0)) {
    const { branch, currency, place } = one;
    const known = rates.get(place) ?? (await taxRatesOf(ctx, place));
    rates.set(place, known);
    const day = parts.days[one.part];
    const rate = day && rateOn(known, place, day);
    if (!rate || rate.rateBp === one.rateBp) continue;
    const minor = renderedTaxDifference(one, rate.rateBp);
    if (minor !== 0n) owed.push({ branch, currency, place, minor });
  }
  return owed;
}

function totalsOf(earned: readonly EarnedTaxed[], owed: readonly Owed[]): MonthTotals {
  const currencies = [...new Set(earned.map(({ currency }) => currency))].toSorted();
  const sum = (
    rows: readonly { currency: string }[],
    amount: (at: number) => bigint,
    own: string,
  ) => rows.reduce((total, row, at) => (row.currency === own ? total + amount(at) : total), 0n);
  return Object.fromEntries(
    currencies.map((currency) => [
      currency,
      {
        revenue: String(sum(earned, (at) => earned[at]?.netMinor ?? 0n, currency)),
        taxDifference: String(sum(owed, (at) => owed[at]?.minor ?? 0n, currency)),
      },
    ]),
  );
}

type Figures = { earned: readonly EarnedTaxed[]; owed: readonly Owed[] };

/** One transaction for a branch and a currency. */
function movementsOf(
  { id: book }: Seller,
  month: Temporal.PlainDate,
  { earned, owed }: Figures,
): Movement[] {
  const byBranch = Map.groupBy(earned, ({ branch, currency }) => `${branch} ${currency}`);
  return [...byBranch.values()].flatMap((own) => {
    const [one] = own;
    if (!one) return [];
    const { branch, currency } = one;
    const amount = (minor: bigint) => money(minor, currency);
    const revenue = own.reduce((sum, { netMinor }) => sum + netMinor, 0n);
    const taxes = owed.filter((tax) => tax.branch === branch && tax.currency === currency);
    const entries = [
      { book, code: DEFERRED_REVENUE, amount: amount(revenue) },
      { book, code: REVENUE, amount: amount(-revenue) },
      ...taxes.flatMap(({ place, minor }) => [
        { book, code: TAX_DIFFERENCE, amount: amount(minor) },
        { book, code: taxCode(place), amount: amount(-minor) },
      ]),
    ].filter((entry) => entry.amount.minor !== 0n);
    if (entries.length === 0) return [];
    const cause = `revenue:${book}:${month.toString()}:${currency}`;
    return [movementOf({ branch, kind: 'revenue', cause, documentId: null, entries })];
  });
}

async function postAll(ctx: Ctx, movements: readonly Movement[]): Promise<void> {
  for (let at = 0; at < movements.length; at += BRANCHES_AT_ONCE) {
    const some = movements.slice(at, at + BRANCHES_AT_ONCE);
    const journal = await openJournal(ctx, some);
    const shortage = enter(journal, some);
    if (shortage) throw shortage.refusal;
    await saveJournal(ctx, journal);
  }
}
