import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { sellersWithin } from '#domains/sellers/index.ts';
import { liveByClient } from '#domains/subscriptions/index.ts';
import type { Edition } from '#domains/catalog/index.ts';
import type { Actor } from '#platform/actor.ts';
import type { Ctx } from '#platform/context.ts';
import { advanceOnce } from './advance-forecast.ts';
import { selectMonths } from './forecast-store.ts';
import type { ForeseenPackage } from './foreseen-package.ts';
import { selectPackages } from './package-store.ts';
import { startChangeForecast } from './start-forecast.ts';
import { endOf } from './forecast.ts';
import { draftOfEverything, FORECAST_NOW, publish, startForecastBase } from './forecast-test.ts';
import type { ForecastBase } from './forecast-test.ts';
import { foreseeing } from './foresee-change.ts';
import { openFutureSales } from './future-sales.ts';
import { travellersOf } from './traveller.ts';

const LONG = process.env.FORECAST_PACKAGES;
const COUNT = Number(LONG ?? 120);
const MONTHS = 24;

describe(`the forecast of a change for ${COUNT} packages and ${MONTHS} months`, () => {
  let base: ForecastBase;
  let draft: Edition;
  let foreseen: string[];
  let stored: Stored;
  beforeAll(async () => {
    base = await startForecastBase(COUNT);
    draft = await base.test.run((ctx) => draftOfEverything(ctx, base.operatorId));
    foreseen = await base.test.run((ctx) => foreseenInvoices(ctx, base, draft));
    stored = await storedForecast(base, draft);
  }, 3_600_000);
  afterAll(() => base.test.stop());

  it('is what the invoices then say, document for document and to the kopeck', async () => {
    await base.test.run((ctx) => publish(ctx, draft));
    await base.test.settle();
    const until = endOf(Temporal.Instant.from(FORECAST_NOW), MONTHS, 'Europe/Moscow');
    await base.test.moveTo(until.subtract({ seconds: 1 }).toString());
    const issued = await base.test.run(issuedInvoices);
    expect(foreseen.length).toBeGreaterThan(COUNT * 3);
    expect(without(issued, foreseen)).toEqual([]);
    expect(without(foreseen, issued)).toEqual([]);
    expect(issued.length).toBe(foreseen.length);
  }, 3_600_000);

  it('is what it was in its slices: by month for the operator, in all for each who pays', async () => {
    expect(stored.slices).toBeGreaterThan(2);
    const months = await base.test.run((ctx) => issuedMonths(ctx, base.operatorId));
    expect(stored.months).toEqual(months);
    const paid = await base.test.run(issuedByPackage);
    expect(stored.lines.length).toBeGreaterThan(COUNT / 4);
    for (const { subscriptionId, sumAfterMinor } of stored.lines) {
      const total = paid.get(subscriptionId) ?? 0n;
      expect([subscriptionId, sumAfterMinor]).toEqual([subscriptionId, total]);
    }
  });
});

/** The first few of those that the others lack. */
function without(some: readonly string[], others: readonly string[]): string[] {
  const known = new Set(others);
  return some.filter((one) => !known.has(one)).slice(0, 10);
}

/** Every invoice of the time to come, on every level: what, when, for which boundary, how much. */
async function foreseenInvoices(
  ctx: Ctx,
  { operatorId }: ForecastBase,
  edition: Edition,
): Promise<string[]> {
  const sellers = await sellersWithin(ctx, operatorId, 100);
  const packages = await liveByClient(ctx, {
    sellerIds: sellers.map(({ id }) => id),
    after: { branch: 0, clientId: '' },
    limit: 1_000_000,
  });
  const foresee = foreseeing(edition, {
    now: ctx.now,
    until: endOf(ctx.now, MONTHS, 'Europe/Moscow'),
    sales: openFutureSales(ctx),
  });
  const invoices: string[] = [];
  for (const traveller of await travellersOf(ctx, packages)) {
    const { withIt } = await foresee(traveller);
    for (const one of withIt) {
      if (one.kind !== 'invoiced') continue;
      const { quote, sale, legs, subscription } = one.offer;
      const documents = [
        { sellerId: sale.seller.id, quote },
        ...legs.map(({ leg, quote: legQuote }) => ({ sellerId: leg.parent.id, quote: legQuote })),
      ];
      for (const document of documents) {
        const { netMinor, taxMinor, totalMinor } = document.quote;
        const { id, period } = subscription;
        invoices.push(
          [document.sellerId, id, period.end, sale.on, netMinor, taxMinor, totalMinor].join(' '),
        );
      }
    }
  }
  return invoices.toSorted();
}

async function issuedInvoices(ctx: Ctx): Promise<string[]> {
  const { rows } = await sql<{ text: string }>`
    select concat_ws(' ', i.seller_id, o.subscription_id, o.period_start, i.issued_on,
      i.net_minor, i.tax_minor, i.total_minor) as text
    from invoice i join order_request o on o.branch_id = i.branch_id and o.id = i.subject
    where i.kind = 'invoice' and o.kind = 'renewal'`.execute(ctx.tx);
  return rows.map(({ text }) => text).toSorted();
}

type Stored = { slices: number; months: string[]; lines: ForeseenPackage[] };

/** The forecast as staff start it, computed a few clients at a time. */
async function storedForecast(
  { test, operatorId }: ForecastBase,
  { id }: Edition,
): Promise<Stored> {
  const staff: Actor = {
    ...{ kind: 'staff', brandId: 'brd', userId: 'usr', sellerId: operatorId },
    ...{ permissions: [], scopes: null, address: '' },
  };
  const begun = await test.run((ctx) => startChangeForecast(ctx, { id, months: MONTHS }), staff);
  let slices = 1;
  while (await test.run((ctx) => advanceOnce(ctx, begun.id, Math.ceil(COUNT / 10)))) slices += 1;
  return test.run(async (ctx) => {
    const sums = (await selectMonths(ctx, begun.id)).filter(({ series }) => series === 'after');
    const lines = await selectPackages(ctx, begun.id, { limit: COUNT * 4 });
    return {
      slices,
      months: sums.map(({ month, count, netMinor, totalMinor }) =>
        [month, count, netMinor, totalMinor].join(' '),
      ),
      lines: lines.filter(({ payerKind }) => payerKind === 'client'),
    };
  });
}

/** What the operator invoiced for renewals, its clients and the sellers below, by month. */
async function issuedMonths(ctx: Ctx, operatorId: string): Promise<string[]> {
  const { rows } = await sql<{ text: string }>`
    select concat_ws(' ', to_char(i.issued_on, 'YYYY-MM'), count(*), sum(i.net_minor),
      sum(i.total_minor)) as text
    from invoice i join order_request o on o.branch_id = i.branch_id and o.id = i.subject
    where i.kind = 'invoice' and o.kind = 'renewal' and i.seller_id = ${operatorId}
    group by to_char(i.issued_on, 'YYYY-MM') order by 1`.execute(ctx.tx);
  return rows.map(({ text }) => text);
}

/** What each client was invoiced for all renewals of a package. */
async function issuedByPackage(ctx: Ctx): Promise<Map<string, bigint>> {
  const { rows } = await sql<{ id: string; total: bigint }>`
    select o.subscription_id as id, sum(i.total_minor)::int8 as total
    from invoice i join order_request o on o.branch_id = i.branch_id and o.id = i.subject
    where i.kind = 'invoice' and o.kind = 'renewal' and i.buyer_kind = 'client'
    group by 1`.execute(ctx.tx);
  return new Map(rows.map(({ id, total }) => [id, total]));
}
