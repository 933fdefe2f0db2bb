import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { creditFor } from '#domains/billing/credit.ts';
import { quoteAddOn, quoteRenewal } from '#domains/billing/index.ts';
import type { QuoteTax } from '#domains/billing/index.ts';
import { slice, sliceOn } from '#domains/billing/proration.ts';
import type { Renewable } from '#domains/billing/quote-renewal.ts';
import {
  catalogueOf,
  date,
  edition,
  growPrice,
  whmcsIs,
  whmcsPrice,
} from '#domains/catalog/fixtures.ts';
import { everythingNoticed } from '#domains/catalog/index.ts';
import type { Edition } from '#domains/catalog/index.ts';
import { firstPaid, firstPosition, nextPosition } from '#domains/subscriptions/period.ts';
import { daysBetween, firstShares, nextBillingDay, periodAt } from '#kit/term.ts';
import { RUNS } from '#test/harness/runs.ts';

const untaxed: QuoteTax = { place: 'RU', rateBp: 0, reason: 'buyer-abroad', included: true };
const anchor = fc.nat(9000).map((days) => date('2010-01-01').add({ days }));
const term = fc.constantFrom(1, 3, 6, 12, 24, 36);
const price = fc.bigInt(0n, 10n ** 12n);
const quantity = fc.integer({ min: 1, max: 500 });

function listWith(...editions: Edition[]) {
  const catalogue = catalogueOf(...editions);
  const components = catalogue.components.map((one) => ({ ...one, quantityMax: 1000 }));
  const seller = { sellerId: 'operator', audience: 'clients', currency: 'RUB' } as const;
  return { ...seller, catalogue: { ...catalogue, components } };
}

const first = (monthly: number): Edition =>
  edition(1, '2000-01-01', {
    prices: [growPrice(1_500_00), whmcsPrice(monthly)],
    inclusions: [whmcsIs('addon')],
  });

function licence(over: Partial<Renewable> = {}): Renewable {
  return {
    id: 'ent_1',
    componentId: 'whmcs',
    state: 'bought',
    quantity: 1,
    sinceOn: date('2010-01-01'),
    renews: true,
    endsOn: null,
    ...over,
  };
}

describe('P4: catching up', () => {
  it('a renewal a day and all renewals at once give the same periods', () => {
    fc.assert(
      fc.property(anchor, term, fc.integer({ min: 1, max: 20 }), (on, months, count) => {
        let position = firstPosition(on, months);
        for (let k = 1; k <= count; k += 1) {
          position = nextPosition(position, months);
          expect(`${position.period.start} ${position.period.end}`).toBe(
            Object.values(periodAt(on, months, k)).join(' '),
          );
        }
      }),
      RUNS,
    );
  });
});

describe('P4 and P1 on a fixed billing day', () => {
  const dayOfMonth = fc.integer({ min: 1, max: 28 });

  it('every boundary is that day of its month, whether renewals come one by one or at once', () => {
    const count = fc.integer({ min: 1, max: 20 });
    fc.assert(
      fc.property(anchor, term, dayOfMonth, fc.boolean(), count, (on, months, day, all, k) => {
        const anchorOn = nextBillingDay(on, day);
        const { position, paid } = firstPaid(on, months, { anchorOn, andWholeTerm: all });
        let at = position;
        const periods = [...paid];
        for (let n = 0; n < k; n += 1) {
          at = nextPosition(at, months);
          periods.push({ ...at.period, termMonths: months });
        }
        expect(periods[0]?.start.equals(on)).toBe(true);
        expect(daysBetween(on, anchorOn)).toBeLessThan(31);
        for (const [index, { end }] of periods.entries()) {
          expect(end.day).toBe(day);
          if (periods[index + 1]) expect(periods[index + 1]?.start.equals(end)).toBe(true);
        }
        expect(at.period.end.equals(periodAt(anchorOn, months, at.cycle).end)).toBe(true);
      }),
      RUNS,
    );
  });

  it('the days up to it and those before them cost the term that ends there, to the last unit', () => {
    fc.assert(
      fc.property(anchor, term, dayOfMonth, price, fc.nat(40), (on, months, day, minor, nth) => {
        const anchorOn = nextBillingDay(on, day);
        const [share] = firstShares(on, months, { anchorOn, andWholeTerm: false });
        if (!share || share.span.start.equals(share.within.start)) return;
        const { within, span } = share;
        const proration = { basis: 'term-days' as const, anchorOn, within };
        const before = sliceOn(minor, proration, { start: within.start, end: span.start });
        expect(before + sliceOn(minor, proration, span)).toBe(minor);
        // However it is cut, and a credit from any day on is what those days were charged.
        const cut = span.start.add({ days: nth % daysBetween(span.start, span.end) });
        const [used, rest] = [
          { start: span.start, end: cut },
          { start: cut, end: span.end },
        ].map((part) => sliceOn(minor, proration, part));
        const line = {
          ...{ period: span, proration, termMinor: minor, discountMinor: 0n, refundable: true },
          amountMinor: sliceOn(minor, proration, span),
        };
        expect((used ?? 0n) + (rest ?? 0n)).toBe(line.amountMinor);
        expect(creditFor(line, cut, { daysMinor: 0n })).toBe(rest);
      }),
      RUNS,
    );
  });
});

describe('P9: a change of the catalogue', () => {
  it('leaves every renewal alone whose boundary lies before it reaches existing packages', () => {
    const change = fc.record({
      effectiveIn: fc.integer({ min: 1, max: 400 }),
      reachesAfter: fc.nat(400),
      plan: fc.nat(3_000_00),
      component: fc.nat(3_000_00),
    });
    fc.assert(
      fc.property(anchor, term, fc.nat(6), change, (on, months, k, one) => {
        const boundaryOn = periodAt(on, months, k + 1).start;
        const effective = on.add({ days: one.effectiveIn });
        const existing = effective.add({ days: one.reachesAfter });
        const changed = edition(2, effective.toString(), {
          existingOn: existing.toString(),
          prices: [growPrice(one.plan), whmcsPrice(one.component)],
        });
        const ask = {
          planId: 'grow',
          subscribedOn: on,
          next: { period: periodAt(on, months, k + 1), termMonths: months, anchorOn: on },
          entitlements: [licence({ sinceOn: on })],
          noticed: everythingNoticed,
          tax: untaxed,
        };
        const before = quoteRenewal({ ...ask, list: listWith(first(800_00)) });
        const after = quoteRenewal({ ...ask, list: listWith(first(800_00), changed) });
        const isReached = daysBetween(existing, boundaryOn) >= 0;
        if (isReached) {
          expect(after.lines.map(({ monthlyMinor }) => Number(monthlyMinor))).toEqual([
            one.plan,
            one.component,
          ]);
        } else expect(after.hash).toBe(before.hash);
      }),
      RUNS,
    );
  });
});

describe('P10: who does not want it any more', () => {
  it('never pays for it again, and who said so after the boundary pays for that period alone', () => {
    fc.assert(
      fc.property(
        anchor,
        term,
        fc.integer({ min: 1, max: 8 }),
        fc.nat(8),
        (on, months, k, left) => {
          let held = licence({ sinceOn: on });
          const charged: number[] = [];
          for (let cycle = 1; cycle <= k; cycle += 1) {
            if (cycle > left) held = { ...held, renews: false };
            const quote = quoteRenewal({
              list: listWith(first(800_00)),
              planId: 'grow',
              subscribedOn: on,
              next: { period: periodAt(on, months, cycle), termMonths: months, anchorOn: on },
              entitlements: [held],
              noticed: everythingNoticed,
              tax: untaxed,
            });
            const line = quote.lines.find(({ itemId }) => itemId === 'whmcs');
            if (line?.state === 'bought') charged.push(cycle);
            else expect(line).toMatchObject({ state: 'dropped', totalMinor: 0n });
          }
          expect(charged).toEqual(
            Array.from({ length: Math.min(k, left) }, (_, index) => index + 1),
          );
        },
      ),
      RUNS,
    );
  });
});

describe('P13: what is done on one day', () => {
  it('costs the same in whatever order, and what goes the same day takes its price with it', () => {
    const purchase = fc.record({ monthly: fc.nat(3_000_00), pieces: quantity });
    const sample = fc.record({ on: anchor, months: term, day: fc.nat(2000) });
    fc.assert(
      fc.property(sample, purchase, purchase, ({ on, months, day }, a, b) => {
        const position = { ...firstPosition(on, months), planId: 'grow' };
        const today = on.add({ days: day % daysBetween(on, position.period.end) });
        const buy = ({ monthly, pieces }: typeof a) =>
          quoteAddOn({
            list: listWith(first(monthly)),
            subscription: position,
            choice: { componentId: 'whmcs', quantity: pieces },
            on: today,
            tax: untaxed,
          });
        const forth = [buy(a), buy(b)].map(({ totalMinor }) => totalMinor);
        const back = [buy(b), buy(a)].map(({ totalMinor }) => totalMinor);
        expect(forth).toEqual(back.toReversed());
        for (const line of buy(a).lines) {
          expect(creditFor({ ...line, refundable: true }, today, { daysMinor: 0n })).toBe(
            line.amountMinor,
          );
        }
      }),
      RUNS,
    );
  });
});

describe('P16: the same in other units', () => {
  const span = fc
    .record({ n: fc.integer({ min: 1, max: 1100 }), a: fc.nat(2000), b: fc.nat(2000) })
    .map(({ n, a, b }) => {
      const [from, to] = [a % (n + 1), b % (n + 1)].toSorted((x, y) => x - y);
      return { n, from: from ?? 0, to: to ?? 0 };
    });

  it('a price with more decimals gives the same amount, to the unit of the coarser one', () => {
    fc.assert(
      fc.property(
        price,
        fc.integer({ min: 1, max: 6 }),
        span,
        (minor, exponent, { n, from, to }) => {
          const scale = 10n ** BigInt(exponent);
          const coarse = slice(minor, n, from, to) * scale;
          const fine = slice(minor * scale, n, from, to);
          const off = coarse > fine ? coarse - fine : fine - coarse;
          // A slice is a difference of two roundings, of half a unit each.
          expect(off <= scale).toBe(true);
          if (from === 0 && to === n) expect(off).toBe(0n);
        },
      ),
      RUNS,
    );
  });

  it('two lines of one half each cost what one of the whole does, to a unit', () => {
    fc.assert(
      fc.property(price, quantity, anchor, term, fc.nat(2000), (one, pieces, on, months, day) => {
        const within = periodAt(on, months, 0);
        const start = on.add({ days: day % daysBetween(within.start, within.end) });
        const rest = { start, end: within.end };
        const proration = { basis: 'term-days' as const, anchorOn: on, within };
        const half = sliceOn(one * BigInt(pieces), proration, rest);
        const whole = sliceOn(one * BigInt(2 * pieces), proration, rest);
        const off = 2n * half - whole;
        expect(off >= -1n && off <= 1n).toBe(true);
      }),
      RUNS,
    );
  });
});
