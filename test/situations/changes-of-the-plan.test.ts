import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { componentMoves } from '#domains/billing/component-moves.ts';
import { invoiceLines } from '#domains/billing/draft-document.ts';
import { quoteAddOn, quotePackage, quotePlanChange } from '#domains/billing/index.ts';
import type { PaidLine, PlanChangeQuote, Quote, QuoteTax } from '#domains/billing/index.ts';
import type { Invoice } from '#domains/billing/invoice.ts';
import type { Renewable } from '#domains/billing/quote-renewal.ts';
import { catalogueOf, date, edition, growPrice } from '#domains/catalog/fixtures.ts';
import { nothingNoticed } from '#domains/catalog/index.ts';
import type { Inclusion, PriceRow } from '#domains/catalog/edition.ts';
import type { Catalogue, Edition } from '#domains/catalog/index.ts';
import { firstPosition } from '#domains/subscriptions/period.ts';
import { Refusal } from '#kit/refusal.ts';
import { RUNS } from '#test/harness/runs.ts';

const VAT20: QuoteTax = { place: 'RU', rateBp: 2000, reason: null, included: true };

const is = (planId: string, componentId: string, mode: Inclusion['mode']): Inclusion => ({
  ...{ planId, componentId, mode },
});
const price = (kind: 'plan' | 'component', id: string, monthlyMinor: number): PriceRow =>
  growPrice(monthlyMinor, { item: { kind, id } });

/** Start sells the licence and the address; Grow includes the address; Bare sells neither. */
const FIRST = edition(1, '2020-01-01', {
  prices: [
    price('plan', 'start', 600_00),
    price('plan', 'grow', 1_500_00),
    price('plan', 'bare', 400_00),
    price('component', 'whmcs', 800_00),
    price('component', 'ip', 250_00),
  ],
  inclusions: [
    is('start', 'whmcs', 'addon'),
    is('start', 'ip', 'addon'),
    is('grow', 'whmcs', 'included'),
    is('grow', 'ip', 'included'),
  ],
});

function shopOf(...more: Edition[]): Catalogue {
  const { plans, components, ...rest } = catalogueOf(FIRST, ...more);
  const planOf = (id: string) => plans.map((plan) => ({ ...plan, id }));
  const address = { id: 'ip', kind: 'address' as const, refundable: true, irrevocable: false };
  return {
    ...rest,
    plans: ['start', 'grow', 'bare'].flatMap(planOf),
    components: components.flatMap((licence) => [
      licence,
      { ...licence, ...address, quantityMax: 4, supplier: null },
    ]),
  };
}

/** A package of one plan with what was bought to it, as documents and entitlements keep it. */
type Package = {
  planId: string;
  position: ReturnType<typeof firstPosition>;
  paid: PaidLine[];
  held: Renewable[];
};

type Terms = { catalogue?: Catalogue; tax?: QuoteTax };

const termsOf = ({ catalogue = shopOf(), tax = VAT20 }: Terms) => ({
  list: { catalogue, sellerId: 'operator', audience: 'clients' as const, currency: 'RUB' },
  tax,
});

function paidBy(quote: Quote, entitlementId: string | null, no: number): PaidLine[] {
  const invoice = { id: `inv_${no}`, pricesIncludeTax: quote.tax.included } as Invoice;
  return invoiceLines(quote, 'sub_1').map((line) => ({
    ...{ invoice, line, before: { amountMinor: 0n, taxMinor: 0n } },
    ...{ served: line.period, entitlementId },
  }));
}

function bought(planId: string, on: string, termMonths: number, terms: Terms = {}): Package {
  const quote = quotePackage({ ...termsOf(terms), planId, termMonths, on: date(on), addOns: [] });
  const position = firstPosition(date(on), termMonths);
  const held = quote.lines.flatMap(({ itemId, state }) =>
    state === 'included' ? [holding(itemId, 'included', on)] : [],
  );
  return { planId, position, paid: paidBy(quote, null, 1), held };
}

function holding(componentId: string, state: Renewable['state'], on: string): Renewable {
  const id = `ent_${componentId}`;
  return { id, componentId, state, quantity: 1, sinceOn: date(on), renews: true, endsOn: null };
}

function withAddOn(before: Package, componentId: string, on: string): Package {
  const subscription = { ...before.position, planId: before.planId };
  const choice = { componentId, quantity: 1 };
  const quote = quoteAddOn({ ...termsOf({}), subscription, choice, on: date(on) });
  const paid = paidBy(quote, `ent_${componentId}`, before.paid.length + 1);
  return {
    ...before,
    paid: [...before.paid, ...paid],
    held: [...before.held, holding(componentId, 'bought', on)],
  };
}

function changed(
  { planId, position, paid, held }: Package,
  toPlanId: string,
  on: string,
  { drop = [], ...terms }: Terms & { drop?: string[] } = {},
) {
  const { list, tax } = termsOf(terms);
  const { anchorOn, period, termMonths } = position;
  const periods = [{ ...period, termMonths }];
  const asked = { toPlanId, on: date(on) };
  const moves = componentMoves({
    ...{ ...asked, planId, catalogue: list.catalogue },
    ...{ subscribedOn: anchorOn, boundaryOn: period.start },
    ...{ entitlements: held, drop, noticed: nothingNoticed },
  });
  return {
    ...moves,
    quote: quotePlanChange({ list, tax, anchorOn, periods, ...asked, ...moves, paid }),
  };
}

/** The package after the change: its documents and what was given back of the old ones. */
function after(before: Package, toPlanId: string, quote: PlanChangeQuote): Package {
  const paid = before.paid.map((one) => {
    const note = quote.credits.find((part) => part.paid === one)?.note;
    if (!note) return one;
    const amountMinor = one.before.amountMinor + note.amountMinor;
    return { ...one, before: { amountMinor, taxMinor: one.before.taxMinor + note.taxMinor } };
  });
  const fresh = paidBy(quote.charge, null, paid.length + 1);
  return { ...before, planId: toPlanId, paid: [...paid, ...fresh] };
}

const figures = ({ quote }: { quote: PlanChangeQuote }) => ({
  charge: Number(quote.charge.totalMinor),
  back: Number(quote.creditMinor),
  net: Number(quote.netMinor),
});

function codeOf(act: () => unknown): string {
  try {
    act();
    return 'done';
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    return error.code;
  }
}

describe('the plan itself', () => {
  it.each([
    ['on the day it was bought', '2023-01-15', '2023-01-15', 12, 18_000_00, 7_200_00],
    ['on its 78th day of 365', '2023-01-15', '2023-04-03', 12, 14_153_42, 5_661_37],
    ['on the last day', '2023-01-15', '2024-01-14', 12, 49_32, 19_73],
    ['in the short month of a package of the 31st', '2023-01-31', '2023-02-14', 1, 750_00, 300_00],
    ['over a leap day', '2024-02-01', '2024-02-29', 1, 51_72, 20_69],
  ])('%s', (_, start, on, months, charge, back) => {
    const done = changed(bought('start', start, months), 'grow', on);
    expect(figures(done)).toEqual({ charge, back, net: charge - back });
  });

  it('goes back at the price that was paid for it, and costs what it costs today', () => {
    const dearer = edition(2, '2023-03-01', {
      prices: [price('plan', 'start', 900_00), price('plan', 'grow', 2_000_00)],
    });
    const held = bought('start', '2023-01-15', 12);
    const done = changed(held, 'grow', '2023-04-03', { catalogue: shopOf(dearer) });
    // 24 000.00 × 287/365, and still 7 200.00 × 287/365.
    expect(figures(done)).toMatchObject({ charge: 18_871_23, back: 5_661_37 });
  });

  it('goes back with the tax it was charged with', () => {
    const held = bought('start', '2025-12-16', 1);
    const tax = { ...VAT20, rateBp: 2200 };
    const { quote } = changed(held, 'grow', '2026-01-01', { tax });
    // 15 of 31 days: 290.32 with 20 % in it, 725.81 with 22 %.
    expect(quote.credits[0]?.note).toMatchObject({ totalMinor: 290_32n, taxMinor: 48_39n });
    expect(quote.charge).toMatchObject({ totalMinor: 725_81n, taxMinor: 130_88n });
  });

  it('less what was given back of it before', () => {
    const held = bought('start', '2023-01-15', 12);
    const [line] = held.paid;
    if (!line) throw new Error('nothing was paid');
    const before = { amountMinor: 1_000_00n, taxMinor: 166_67n };
    const done = changed({ ...held, paid: [{ ...line, before }] }, 'grow', '2023-04-03');
    expect(figures(done).back).toBe(5_661_37 - 1_000_00);
  });

  it('of another product, the same, or not sold any more is refused', () => {
    const held = bought('start', '2023-01-15', 12);
    const to = (planId: string, catalogue = shopOf()) =>
      codeOf(() => changed(held, planId, '2023-04-03', { catalogue }));
    expect(to('windows')).toBe('plan-not-found');
    expect(to('start')).toBe('plan-already-held');
    const retirements = [{ planId: 'grow', successorId: null }];
    expect(to('grow', shopOf(edition(2, '2023-03-01', { retirements })))).toBe('plan-not-sold');
    expect(codeOf(() => changed(held, 'grow', '2024-01-15'))).toBe('period-over');
  });
});

describe('what is on the package', () => {
  const start = bought('start', '2023-01-15', 12);

  it('a licence that the new plan includes becomes part of it, and nothing goes back for it', () => {
    const done = changed(withAddOn(start, 'whmcs', '2023-02-15'), 'grow', '2023-04-03');
    expect(done.moves).toMatchObject([{ componentId: 'whmcs', before: 'bought', as: 'included' }]);
    expect(figures(done).back).toBe(5_661_37);
    expect(done.quote.credits.map(({ note }) => note?.totalMinor ?? 0n)).toEqual([5_661_37n, 0n]);
  });

  it('an address that the new plan includes becomes part of it, and its rest goes back', () => {
    const done = changed(withAddOn(start, 'ip', '2023-02-15'), 'grow', '2023-04-03');
    // 3 000.00 × 287/365 of what was paid for 334 days.
    expect(figures(done).back).toBe(5_661_37 + 2_358_90);
  });

  it('what comes with the new plan and is not there yet is added', () => {
    expect(changed(start, 'grow', '2023-04-03').added).toEqual(['whmcs', 'ip']);
  });

  it('what the new plan does not have goes only if its holder gives it up', () => {
    const held = withAddOn(withAddOn(start, 'whmcs', '2023-02-15'), 'ip', '2023-02-15');
    const to = (drop: string[]) => () => changed(held, 'bare', '2023-04-03', { drop });
    expect(codeOf(to([]))).toBe('component-not-in-plan');
    expect(codeOf(to(['ent_whmcs']))).toBe('component-not-in-plan');
    const done = to(['ent_whmcs', 'ent_ip'])();
    expect(done.moves.map(({ as }) => as)).toEqual(['deleted', 'deleted']);
    // The address goes back, the licence never.
    expect(figures(done).back).toBe(5_661_37 + 2_358_90);
    expect(codeOf(() => changed(held, 'grow', '2023-04-03', { drop: ['ent_ip'] }))).toBe(
      'entitlement-not-found',
    );
  });

  it('what came with the old plan is charged on the new one, or given up', () => {
    const grow = bought('grow', '2023-01-15', 12);
    const done = changed(grow, 'start', '2023-04-03');
    // Of 7 200.00, 9 600.00 and 3 000.00 for the year, 287/365 each.
    expect(figures(done).charge).toBe(5_661_37 + 7_548_49 + 2_358_90);
    const drop = ['ent_whmcs', 'ent_ip'];
    expect(figures(changed(grow, 'start', '2023-04-03', { drop })).charge).toBe(5_661_37);
  });

  it('what would still be free by the terms it was bought on is free until the boundary', () => {
    const unbundled = edition(2, '2023-04-01', {
      inclusions: [is('grow', 'ip', 'addon'), is('start', 'ip', 'included')],
    });
    const priced = edition(3, '2023-05-01', { inclusions: [is('start', 'ip', 'addon')] });
    const catalogue = shopOf(unbundled, priced);
    const held = bought('start', '2023-04-10', 12, { catalogue });
    expect(held.held).toMatchObject([{ componentId: 'ip', state: 'included' }]);
    const kept = edition(4, '2023-06-01', { inclusions: [is('bare', 'ip', 'addon')] });
    const early = edition(0, '2022-01-01', { inclusions: [is('bare', 'ip', 'included')] });
    const done = changed(held, 'bare', '2023-07-01', {
      catalogue: shopOf(early, unbundled, priced, kept),
    });
    expect(done.moves).toMatchObject([{ as: 'grandfathered' }]);
    expect(done.quote.charge.lines).toHaveLength(1);
  });
});

describe('one change after another', () => {
  it('gives back only the line that stands, never one that was given back before', () => {
    const start = bought('start', '2023-01-15', 12);
    const first = changed(start, 'grow', '2023-04-03').quote;
    const grown = { ...after(start, 'grow', first), held: [] };
    const second = changed(grown, 'bare', '2023-07-15').quote;
    // 184 of the 287 days of 14 153.42, and nothing of January's 7 200.00.
    expect(second.creditMinor).toBe(9_073_97n);
    expect(second.credits).toHaveLength(1);
  });

  it('there and back on one day costs nothing, whatever the day', () => {
    fc.assert(
      fc.property(fc.nat(364), (days) => {
        const on = date('2023-01-15').add({ days }).toString();
        const start = bought('start', '2023-01-15', 12);
        const there = changed(start, 'grow', on).quote;
        const back = changed({ ...after(start, 'grow', there), held: [] }, 'start', on).quote;
        expect(there.netMinor + back.netMinor).toBe(0n);
      }),
      RUNS,
    );
  });

  it('P11: however often it changes, no line gives back more than it cost', () => {
    const steps = fc.array(
      fc.record({ days: fc.nat(120), to: fc.constantFrom('start', 'grow', 'bare') }),
      { minLength: 1, maxLength: 8 },
    );
    fc.assert(
      fc.property(steps, (all) => {
        let held = bought('start', '2023-01-31', 12);
        let on = date('2023-01-31');
        for (const { days, to } of all) {
          on = on.add({ days });
          if (to === held.planId || !(Temporal.PlainDate.compare(on, date('2024-01-31')) < 0))
            break;
          held = { ...after(held, to, changed(held, to, on.toString()).quote), held: [] };
        }
        for (const { line, before } of held.paid) {
          expect(before.amountMinor).toBeLessThanOrEqual(line.amountMinor);
        }
        // The plan it is on stands whole.
        expect(held.paid.at(-1)?.before.amountMinor).toBe(0n);
      }),
      RUNS,
    );
  });
});
