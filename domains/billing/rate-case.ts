import { z } from 'zod';
import { priceOf } from '#domains/catalog/index.ts';
import type { Edition } from '#domains/catalog/index.ts';
import { boundary, isBefore } from '#kit/term.ts';
import { creditFor } from './credit.ts';
import { sliceOn } from './proration.ts';
import type { Proration } from './proration.ts';

/** Dates are written with four digits a year. */
const YEAR_MAX = 9999;

const LocalDate = z.iso.date().transform((text) => Temporal.PlainDate.from(text));
/** Minor units: a whole number, or its digits as text where it is too large for one. */
const Minor = z
  .union([z.int(), z.string().regex(/^-?\d{1,18}$/)])
  .transform((value) => BigInt(value));
const NotNegative = Minor.refine((minor) => minor >= 0n, 'must not be negative');

const Within = {
  priceMinor: NotNegative,
  periodStart: LocalDate,
  periodEnd: LocalDate,
  basis: z.enum(['term-days', 'whole-months-then-days']).default('term-days'),
  /** The subscription's original anchor, where the months are counted from it. */
  anchorOn: LocalDate.optional(),
};

const Version = z.object({
  id: z.string(),
  effectiveOn: LocalDate,
  existingFrom: LocalDate.nullish(),
  monthlyMinor: NotNegative,
  /** False: the holder was not told of it in time. */
  noticed: z.boolean().default(true),
});

const RateCase = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('slice'), ...Within, from: LocalDate, to: LocalDate.optional() }),
  z.object({
    kind: z.literal('boundary'),
    anchorOn: LocalDate,
    termMonths: z.int().min(1).max(1200).optional(),
    termDays: z.int().min(1).max(36_500).optional(),
    k: z.int().min(0).max(10_000),
  }),
  z.object({
    kind: z.literal('credit'),
    ...Within,
    boughtOn: LocalDate.optional(),
    discountMinor: NotNegative.default(0n),
    refundable: z.boolean().default(true),
    removedOn: LocalDate,
    creditedMinor: NotNegative.default(0n),
    givenBackMinor: NotNegative.default(0n),
    fullUntilOn: LocalDate.nullish(),
  }),
  z.object({
    kind: z.literal('renewal'),
    versions: z.array(Version).min(1).max(1000),
    termMonths: z.int().min(1).max(1200).default(1),
    subscribedOn: LocalDate,
    boundaryOn: LocalDate,
  }),
]);
type RateCase = z.infer<typeof RateCase>;
type CaseOf<K extends RateCase['kind']> = Extract<RateCase, { kind: K }>;

export type Rated =
  | { amountMinor: number | string }
  | { on: string }
  | { versionId: string; amountMinor: number | string }
  | { error: { code: string; message: string; field?: string } };

/**
 * Answers one case with the functions that make invoices. What is wrong with a case is its answer:
 * `case-invalid` (which field), `date-outside-period`, `no-version`.
 */
export function rateCase(input: unknown): Rated {
  const parsed = RateCase.safeParse(input);
  if (!parsed.success) {
    const issue = parsed.error.issues[0];
    return failure('case-invalid', issue?.message ?? 'not a case', issue?.path.join('.'));
  }
  const wrong = wrongIn(parsed.data);
  if (wrong) return wrong;
  try {
    return answer(parsed.data);
  } catch (error) {
    // Days were looked at above: what is left is an anchor that the period does not follow.
    if (error instanceof RangeError) return failure('case-invalid', error.message, 'anchorOn');
    throw error;
  }
}

/** What fields say that cannot all be true, or cannot be answered; null when nothing is wrong. */
function wrongIn(asked: RateCase): Rated | null {
  if (asked.kind === 'slice' || asked.kind === 'credit') return wrongInPeriod(asked);
  return asked.kind === 'boundary' ? wrongInBoundary(asked) : wrongInRenewal(asked);
}

function wrongInPeriod(asked: CaseOf<'slice'> | CaseOf<'credit'>): Rated | null {
  const { periodStart, periodEnd } = asked;
  if (!isBefore(periodStart, periodEnd)) {
    return failure('case-invalid', 'the period must end after it starts', 'periodEnd');
  }
  const days =
    asked.kind === 'slice'
      ? { from: asked.from, to: asked.to ?? periodEnd }
      : { boughtOn: asked.boughtOn ?? periodStart };
  for (const [field, on] of Object.entries(days)) {
    if (isBefore(on, periodStart) || isBefore(periodEnd, on)) {
      return failure('date-outside-period', `${on} is outside the period`, field);
    }
  }
  if (asked.kind === 'slice' && asked.to && isBefore(asked.to, asked.from)) {
    return failure('case-invalid', 'must not lie before `from`', 'to');
  }
  return null;
}

function wrongInBoundary({ anchorOn, termMonths, termDays, k }: CaseOf<'boundary'>): Rated | null {
  if ((termMonths === undefined) === (termDays === undefined)) {
    return failure('case-invalid', 'give termMonths or termDays', 'termMonths');
  }
  const years = ((termMonths ?? 0) * k) / 12 + ((termDays ?? 0) * k) / 365;
  const isBeyond = anchorOn.year + years >= YEAR_MAX;
  return isBeyond ? failure('case-invalid', `lies beyond the year ${YEAR_MAX}`, 'k') : null;
}

function wrongInRenewal({ versions, subscribedOn, boundaryOn }: CaseOf<'renewal'>): Rated | null {
  if (new Set(versions.map(({ id }) => id)).size < versions.length) {
    return failure('case-invalid', 'two versions have one id', 'versions');
  }
  const early = versions.findIndex(
    ({ effectiveOn, existingFrom }) => existingFrom && isBefore(existingFrom, effectiveOn),
  );
  if (early >= 0) {
    const field = `versions.${early}.existingFrom`;
    return failure('case-invalid', 'must not lie before effectiveOn', field);
  }
  if (isBefore(boundaryOn, subscribedOn)) {
    return failure('case-invalid', 'must not lie before subscribedOn', 'boundaryOn');
  }
  return null;
}

function answer(asked: RateCase): Rated {
  switch (asked.kind) {
    case 'slice': {
      const span = { start: asked.from, end: asked.to ?? asked.periodEnd };
      return { amountMinor: plain(sliceOn(asked.priceMinor, prorationOf(asked), span)) };
    }
    case 'boundary':
      return boundaryAnswer(asked);
    case 'credit':
      return { amountMinor: plain(creditAnswer(asked)) };
    case 'renewal':
      return renewalAnswer(asked);
  }
}

function prorationOf(asked: CaseOf<'slice'> | CaseOf<'credit'>): Proration {
  const { basis, periodStart, periodEnd } = asked;
  const within = { start: periodStart, end: periodEnd };
  return { basis, anchorOn: asked.anchorOn ?? periodStart, within };
}

function boundaryAnswer({ anchorOn, termMonths, termDays, k }: CaseOf<'boundary'>): Rated {
  const on =
    termMonths === undefined
      ? anchorOn.add({ days: (termDays ?? 0) * k })
      : boundary(anchorOn, termMonths, k);
  return { on: on.toString() };
}

function creditAnswer(asked: CaseOf<'credit'>): bigint {
  const proration = prorationOf(asked);
  const period = { start: asked.boughtOn ?? asked.periodStart, end: asked.periodEnd };
  const listMinor = sliceOn(asked.priceMinor, proration, period);
  const line = {
    period,
    proration,
    termMinor: asked.priceMinor,
    discountMinor: asked.discountMinor,
    amountMinor: listMinor - asked.discountMinor,
    refundable: asked.refundable,
  };
  const earlier = { daysMinor: asked.givenBackMinor, otherMinor: asked.creditedMinor };
  return creditFor(line, asked.removedOn, earlier, asked.fullUntilOn ?? null);
}

/** The versions as editions of a shop that sells one thing. Later in the list is later in number. */
function renewalAnswer(asked: CaseOf<'renewal'>): Rated {
  const item = { kind: 'plan', id: 'item' } as const;
  const row = { audience: 'clients', item, currency: 'RUB', action: 'add', termMonths: 1 } as const;
  const editions = asked.versions.map((version, index): Edition => ({
    id: version.id,
    sellerId: 'seller',
    no: index + 1,
    title: version.id,
    effectiveOn: version.effectiveOn,
    existingOn: version.existingFrom ?? null,
    noticeDays: 0,
    state: 'published',
    prices: [{ ...row, monthlyMinor: version.monthlyMinor }],
    inclusions: [],
  }));
  const price = priceOf(
    { products: [], plans: [], components: [], editions },
    {
      sellerId: 'seller',
      audience: 'clients',
      item,
      currency: 'RUB',
      termMonths: asked.termMonths,
      action: 'renew',
      subscribedOn: asked.subscribedOn,
      boundaryOn: asked.boundaryOn,
      noticed: ({ id }) => asked.versions.some((version) => version.id === id && version.noticed),
    },
  );
  if (!price) return failure('no-version', 'no version holds for this subscription');
  return { versionId: price.editionId, amountMinor: plain(price.termMinor) };
}

function plain(minor: bigint): number | string {
  const number = Number(minor);
  return Number.isSafeInteger(number) ? number : minor.toString();
}

function failure(code: string, message: string, field?: string): Rated {
  return { error: field ? { code, message, field } : { code, message } };
}
