import * as fc from 'fast-check';
import { sql } from 'kysely';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import {
  becomes,
  CARD,
  saveCard,
  startPaymentShop,
  topUp,
} from '#domains/payments/payments-test.ts';
import { payerAt } from '#extensions/gateways/sandbox-card/drive-sandbox-card.ts';
import type { CardOutcome } from '#extensions/gateways/sandbox-card/vendor/test-cards.ts';
import { messagesOf, renderMail } from '#domains/messages/index.ts';
import { formatDate } from '#kit/format-date.ts';
import { runDueItems } from '#platform/agenda.ts';

let opened: Awaited<ReturnType<typeof startPaymentShop>>;
beforeAll(async () => {
  opened = await startPaymentShop();
});
afterAll(() => opened.stop());
afterEach(() => opened.check());

/** A package of three months, paid by a card that was saved at that. */
async function holder(card: CardOutcome) {
  const who = await opened.buyer();
  const { id: methodId } = await saveCard(who, card, 3);
  await opened.shop.settle();
  const [{ id: subscriptionId, periodEnd }] = (await who.ok('GET', '/v1/subscriptions')).items;
  const tries = async (): Promise<Try[]> => {
    const { items } = await who.ok('GET', '/v1/payments?limit=50');
    return items.filter(({ automatic }: Try) => automatic).toReversed();
  };
  return {
    who,
    methodId,
    subscriptionId: subscriptionId as string,
    end: Temporal.PlainDate.from(periodEnd),
    tries,
    /** What became of the tries, oldest first. */
    outcomes: async () => (await tries()).map(({ state, failureCode }) => failureCode ?? state),
    package: async () => who.ok('GET', `/v1/subscriptions/${subscriptionId}`),
    letters: async () => {
      const brandIds = [opened.shop.shops.operatorBrand.id];
      const { clientId } = who;
      const found = await opened.shop.run((ctx) =>
        messagesOf(ctx, { brandIds, clientId, limit: 200 }),
      );
      return found.toReversed().filter(({ template }) => /charge|renewal/.test(template));
    },
  };
}

type Try = {
  state: string;
  failureCode: string | null;
  automatic: boolean;
  createdAt: string;
  invoiceId: string;
};

const templates = (letters: readonly { template: string }[]) =>
  letters.map(({ template }) => template.replace('orders.', ''));

const FUNDS = 'insufficient-funds';

describe('an invoice made by hand', () => {
  const invoiceFor = async (clientId: string, priceMinor: number) => {
    const today = opened.shop.clock.now().toZonedDateTimeISO('Europe/Moscow').toPlainDate();
    const invoice = await opened.staff.ok('POST', `/v1/admin/clients/${clientId}/invoices`, {
      lines: [{ description: 'Перенос сайта', priceMinor }],
      dueOn: today.toString(),
      reason: 'просил',
    });
    await opened.shop.settle();
    return invoice.id as string;
  };

  /** The payments of ours that the bank has taken money for. */
  async function takenFor(invoiceId: string): Promise<string[]> {
    const { rows } = await opened.shop.run((ctx) =>
      sql<{ id: string }>`select id from payment where invoice_id = ${invoiceId}`.execute(ctx.tx),
    );
    const told = (await opened.bank.deliveries()).map(({ body }) => JSON.parse(body));
    const taken = told.filter(({ type }) => type === 'payment.succeeded');
    const ids = new Set(taken.map(({ data }) => data.payment_id as string));
    return rows.map(({ id }) => id).filter((id) => ids.has(id));
  }

  const fault = fc.record({
    operation: fc.constantFrom('charges.create' as const, 'payments.read' as const),
    kind: fc.constantFrom(
      'http-500' as const,
      'drop' as const,
      'work-then-500' as const,
      'work-then-drop' as const,
    ),
  });

  it('is charged once, whatever gets lost and however many try at once', async () => {
    const one = await holder('loses-answer');
    await fc.assert(
      fc.asyncProperty(
        fc.array(fault, { maxLength: 6 }),
        fc.integer({ min: 1, max: 3 }),
        fc.nat(2),
        fc.integer({ min: 1_00, max: 9_999_99 }),
        async (faults, workers, staffTries, priceMinor) => {
          const invoiceId = await invoiceFor(one.who.clientId, priceMinor);
          await opened.bank.misbehave(...faults);
          await Promise.all([
            ...Array.from({ length: workers }, () => runDueItems(opened.shop.runtime)),
            ...Array.from({ length: staffTries }, () =>
              opened.staff.call('POST', `/v1/admin/invoices/${invoiceId}/charging/try`, {}),
            ),
          ]);
          const later = opened.shop.clock.now().add({ hours: 24 });
          await opened.shop.moveTo(later.toString());
          expect((await one.who.invoice(invoiceId)).state).toBe('paid');
          expect(await takenFor(invoiceId)).toHaveLength(1);
        },
      ),
      { numRuns: 6 },
    );
    const { held } = await one.who.ok('GET', '/v1/balance');
    expect(held.minor).toBe(0);
  }, 120_000);

  it('is not charged while its client is paying it', async () => {
    const one = await holder('succeeds');
    const invoiceId = await invoiceFor(one.who.clientId, 500_00);
    const started = await one.who.ok('POST', '/v1/payments', { invoiceId, gatewayId: CARD });
    await runDueItems(opened.shop.runtime);
    const path = `/v1/admin/invoices/${invoiceId}/charging`;
    const pressed = await opened.staff.call('POST', `${path}/try`, {});
    expect(pressed.body.code).toBe('payment-under-way');
    await payerAt(started.redirectUrl).pay('succeeds');
    await becomes(one.who, started.id, 'succeeded');
    expect(await one.outcomes()).toEqual([]);
  });

  it('shows staff what is planned; tried by hand it is audited', async () => {
    const one = await holder('later-lacks-funds');
    const invoiceId = await invoiceFor(one.who.clientId, 500_00);
    const path = `/v1/admin/invoices/${invoiceId}/charging`;
    await runDueItems(opened.shop.runtime);
    await opened.shop.settle();
    const { charging } = await opened.staff.ok('GET', path);
    expect(charging).toMatchObject({
      tries: 1,
      underWay: false,
      ended: null,
      nextAt: expect.stringContaining('T06:00:00Z'),
      card: { brand: 'Visa', last4: '1018' },
    });
    await opened.staff.ok('POST', `${path}/try`, {});
    await opened.shop.settle();
    await opened.staff.ok('POST', `${path}/try`, {});
    expect((await one.who.invoice(invoiceId)).state).toBe('paid');
    const { items } = await opened.staff.ok('GET', '/v1/admin/audit?limit=5');
    expect(JSON.stringify(items)).toContain(invoiceId);
    const stranger = await opened.buyer();
    const looked = await stranger.call('GET', `/v1/invoices/${invoiceId}/charging`);
    expect([looked.status, looked.body.code]).toEqual([404, 'invoice-not-found']);
    const theirs = await opened.shop.staff('northbyte.localhost');
    const pressed = await theirs.call('POST', `${path}/try`, {});
    expect([pressed.status, pressed.body.code]).toEqual([404, 'invoice-not-found']);
  });
});

describe('an automatic renewal', () => {
  it('is taken from the balance, then from the saved card, again and again by the policy', async () => {
    const short = await holder('later-lacks-funds');
    const rich = await holder('succeeds');
    const off = await holder('later-declined');
    const removed = await holder('succeeds');
    const declined = await holder('later-declined');
    const expired = await holder('later-expired');
    const asked = await holder('asks-three-d-secure');
    const { end } = short;
    const first = end.subtract({ days: 30 });
    /** Noon in Moscow, so many days from the end of the period. */
    const day = (days: number) => opened.shop.moveTo(`${end.add({ days }).toString()}T09:00:00Z`);
    await topUp(rich.who, 20_000_00, 'succeeds');
    await removed.who.ok('DELETE', `/v1/saved-methods/${removed.methodId}`);

    await day(-31);
    expect(await short.outcomes()).toEqual([]);
    await day(-30);
    expect(await short.outcomes()).toEqual([FUNDS]);
    const autoRenew = `/v1/subscriptions/${off.subscriptionId}/auto-renew`;
    await off.who.ok('PUT', autoRenew, { autoRenew: false });
    await day(-28);
    expect(await short.outcomes()).toEqual([FUNDS, FUNDS]);
    await day(-27);
    expect(await short.outcomes()).toEqual([FUNDS, FUNDS, 'succeeded']);
    const renewedTo = end.add({ months: 3 }).toString();
    expect((await short.package()).periodEnd).toBe(renewedTo);
    const letters = await short.letters();
    expect(templates(letters)).toEqual([
      'renewal-notice',
      'renewal-invoice',
      'charge-failed',
      'charged',
    ]);
    for (const letter of letters) expect(renderMail(letter).text).toContain('Visa •••• 1018');
    expect(letters[2] && renderMail(letters[2]).text).toContain(
      formatDate(first.add({ days: 1 }).toString(), 'ru'),
    );

    await day(1);
    expect((await rich.package()).periodEnd).toBe(renewedTo);
    expect(await rich.outcomes()).toEqual([]);
    expect(await removed.outcomes()).toEqual([]);
    expect(await off.outcomes()).toEqual(['card-declined']);
    expect((await declined.tries()).map(({ createdAt }) => createdAt.slice(0, 10))).toEqual(
      [0, 1, 3, 5, 7].map((days) => first.add({ days }).toString()),
    );
    const told = templates(await declined.letters());
    expect(told.filter((name) => name.includes('charge'))).toEqual([
      'charge-failed',
      'charge-given-up',
    ]);
    for (const [one, code] of [
      [expired, 'card-expired'],
      [asked, 'payer-needed'],
    ] as const) {
      const [tried, ...others] = await one.tries();
      expect([tried?.failureCode, others]).toEqual([code, []]);
      const last = (await one.letters()).at(-1);
      expect(last?.template).toBe('orders.charge-given-up');
      expect(last && renderMail(last).text).toContain(`/account/invoices/${tried?.invoiceId}`);
      expect((await one.package()).state).toBe('suspended');
    }

    // A card that works pays what is left to pay, and the package works again.
    await saveCard(expired.who);
    const { id } = await saveCard(asked.who);
    await asked.who.ok('POST', `/v1/saved-methods/${id}/default`, {});
    await opened.shop.settle();
    await day(2);
    expect(await expired.outcomes()).toEqual(['card-expired', 'succeeded']);
    expect(await asked.outcomes()).toEqual(['payer-needed', 'succeeded']);
    expect((await expired.package()).state).toBe('active');
    expect((await asked.package()).state).toBe('active');
  }, 120_000);
});

describe('packages on one invoice', () => {
  async function pair(card: CardOutcome) {
    const one = await holder(card);
    const invoiceId = await one.who.order(3);
    const started = await one.who.ok('POST', '/v1/payments', { invoiceId, gatewayId: CARD });
    await payerAt(started.redirectUrl).pay('succeeds');
    await becomes(one.who, started.id, 'succeeded');
    await opened.shop.settle();
    return one;
  }

  it('are charged together, and not once one of them is not to renew by itself', async () => {
    const { operatorBrand } = opened.shop.shops;
    const { items } = await opened.staff.ok('GET', '/v1/admin/collection-policies');
    const { policy } = items.find(({ brandId }: Brand) => brandId === operatorBrand.id);
    const path = `/v1/admin/brands/${operatorBrand.id}/collection-policy`;
    await opened.staff.ok('PUT', path, { policy: { ...policy, mergeRenewals: true } });
    const paying = await pair('succeeds');
    const short = await pair('later-lacks-funds');
    const day = (days: number) =>
      opened.shop.moveTo(`${paying.end.add({ days }).toString()}T09:00:00Z`);

    await day(-30);
    expect(await paying.outcomes()).toEqual(['succeeded']);
    const [tried] = await paying.tries();
    const invoice = await paying.who.invoice(tried?.invoiceId ?? '');
    expect([invoice.isMerged, invoice.state]).toEqual([true, 'paid']);
    for (const { periodEnd } of (await paying.who.ok('GET', '/v1/subscriptions')).items) {
      expect(periodEnd).toBe(paying.end.add({ months: 3 }).toString());
    }
    expect(await short.outcomes()).toEqual([FUNDS]);
    const autoRenew = `/v1/subscriptions/${short.subscriptionId}/auto-renew`;
    await short.who.ok('PUT', autoRenew, { autoRenew: false });
    await day(-20);
    expect(await short.outcomes()).toEqual([FUNDS]);
  });
});

type Brand = { brandId: string };
