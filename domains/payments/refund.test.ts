import { randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { parseRefundKey, refundableMinor, refundKey } from './refund.ts';
import { becomes, invoicePayment, startPaymentShop, topUp } from './payments-test.ts';
import type { Buyer } from './payments-test.ts';

let opened: Awaited<ReturnType<typeof startPaymentShop>>;
beforeAll(async () => {
  opened = await startPaymentShop();
});
afterAll(() => opened.stop());
afterEach(() => opened.check());

const rub = (minor: number) => ({ minor, currency: 'RUB' });

function ask(paymentId: string, body: object, key = `k-${randomUUID()}`) {
  return opened.staff.call('POST', `/v1/admin/payments/${paymentId}/refunds`, body, key);
}

async function refundsOf(paymentId: string) {
  return opened.staff.ok('GET', `/v1/admin/payments/${paymentId}`);
}

async function held(who: Buyer): Promise<number> {
  return (await who.ok('GET', '/v1/balance')).held.minor;
}

describe('a refund', () => {
  it('takes money off the balance and gives it back to the card, once', async () => {
    const who = await opened.buyer();
    const payment = await topUp(who, 1_000_00, 'succeeds');
    const refund = await ask(payment.id, { amount: rub(400_00), reason: 'client asked' });
    expect([refund.status, refund.body]).toMatchObject([200, { state: 'done', tries: 1 }]);
    expect(await held(who)).toBe(600_00);
    expect(await refundsOf(payment.id)).toMatchObject({
      refundable: rub(600_00),
      left: rub(600_00),
      refunds: [{ state: 'done', amount: rub(400_00) }],
    });
    const seen = await who.ok('GET', `/v1/payments/${payment.id}/refunds`);
    expect(seen.items).toMatchObject([{ state: 'done', reason: 'client asked' }]);
    const { items } = await who.ok('GET', '/v1/balance');
    expect(items[0]).toMatchObject({ kind: 'refund', documentId: payment.id });
  });

  it('asked for twenty times at once under one key is one', async () => {
    const who = await opened.buyer();
    const payment = await topUp(who, 1_000_00, 'succeeds');
    const body = { amount: rub(100_00), reason: 'once' };
    const answers = await Promise.all(
      Array.from({ length: 20 }, () => ask(payment.id, body, 'refund-key')),
    );
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([200]));
    expect(new Set(answers.map((answer) => answer.body.id)).size).toBe(1);
    expect(await held(who)).toBe(900_00);
    const other = await ask(payment.id, { amount: rub(1), reason: 'once' }, 'refund-key');
    expect([other.status, other.body.code]).toEqual([409, 'idempotency-key-reused']);
  });

  it('by eight people at once never gives back more than was paid', async () => {
    const who = await opened.buyer();
    const payment = await topUp(who, 1_000_00, 'succeeds');
    await topUp(who, 5_000_00, 'succeeds');
    const answers = await Promise.all(
      Array.from({ length: 8 }, () => ask(payment.id, { amount: rub(300_00), reason: 'all' })),
    );
    const done = answers.filter(({ status }) => status === 200);
    expect(done).toHaveLength(3);
    const refused = answers.filter(({ status }) => status !== 200);
    expect(new Set(refused.map(({ body }) => body.code))).toEqual(
      new Set(['refund-exceeds-payment']),
    );
    expect(await held(who)).toBe(5_100_00);
  });

  it('that is done has a document with a number of its own series, and the others have none', async () => {
    const who = await opened.buyer();
    const { id } = await topUp(who, 1_000_00, 'succeeds');
    await opened.bank.misbehave({ kind: 'http-500', operation: 'refunds.create' });
    const waits = await ask(id, { amount: rub(100_00), reason: 'передумал' });
    expect(waits.body).toMatchObject({ state: 'asked', document: null });
    const refunds = [];
    for (let count = 0; count < 3; count += 1) {
      refunds.push((await ask(id, { amount: rub(200_00), reason: 'передумал' })).body);
    }
    const numbers = refunds.map(({ document }) => Number(document.number.slice(8)));
    const [first = 0] = numbers;
    expect(numbers).toEqual([first, first + 1, first + 2]);
    const [{ document }] = refunds;
    expect(document.number).toMatch(/^RF-2023-\d{6}$/);
    const path = `refund-notes/${document.id}/pdf`;
    for (const language of ['ru', 'en']) {
      const pdf = await who.call('GET', `/v1/${path}?language=${language}`);
      expect(pdf.headers.get('content-type')).toBe('application/pdf');
      expect(pdf.headers.get('content-disposition')).toContain(`${document.number}-${language}`);
      expect(pdf.body.slice(0, 5)).toBe('%PDF-');
    }
    expect((await opened.staff.call('GET', `/v1/admin/${path}`)).status).toBe(200);
    const stranger = await opened.buyer();
    const theirs = await stranger.call('GET', `/v1/${path}`);
    expect([theirs.status, theirs.body.code]).toEqual([404, 'refund-note-not-found']);
    const reseller = await opened.shop.staff('northbyte.localhost');
    expect((await reseller.call('GET', `/v1/admin/${path}`)).status).toBe(404);
    const changed = opened.shop.run((ctx) =>
      sql`update refund_note set amount_minor = 1`.execute(ctx.tx),
    );
    await expect(changed).rejects.toThrow('an issued document does not change');
  });

  it('of money that was spent is refused', async () => {
    const who = await opened.buyer();
    const { invoiceId, started, payer } = await invoicePayment(who);
    await payer.pay('succeeds');
    await becomes(who, started.id, 'succeeded');
    expect((await who.invoice(invoiceId)).state).toBe('paid');
    const spent = await ask(started.id, { amount: rub(1_00), reason: 'spent' });
    expect([spent.status, spent.body.code]).toEqual([402, 'balance-too-low']);
  });

  it('gives back the money of a credit note, and not more than it has', async () => {
    const who = await opened.buyer();
    const { invoiceId, started, payer } = await invoicePayment(who);
    await payer.pay('succeeds');
    await becomes(who, started.id, 'succeeded');
    await topUp(who, 9_000_00, 'succeeds');
    const note = await opened.staff.ok('POST', `/v1/admin/invoices/${invoiceId}/credit`, {
      lineNos: [1],
      how: 'full',
      reason: 'money back',
    });
    const creditNoteId = note.id as string;
    const part = { creditNoteId, amount: rub(note.total.minor - 1_00), reason: 'note' };
    expect((await ask(started.id, part)).body).toMatchObject({
      state: 'done',
      creditNoteNumber: note.number,
    });
    const more = await ask(started.id, { creditNoteId, amount: rub(2_00), reason: 'note' });
    expect(more.body.code).toMatch(/^refund-exceeds-/);
    const strange = await ask(started.id, {
      creditNoteId: `${note.id.slice(0, -1)}${note.id.endsWith('0') ? '1' : '0'}`,
      amount: rub(1),
      reason: 'note',
    });
    expect([strange.status, strange.body.code]).toEqual([404, 'credit-note-not-found']);
  });

  it.each(['http-500', 'drop', 'work-then-500', 'work-then-drop'] as const)(
    'whose answer was lost (%s) stays asked and is done by the next try',
    async (kind) => {
      const who = await opened.buyer();
      const payment = await topUp(who, 1_000_00, 'succeeds');
      await opened.bank.misbehave({ kind, operation: 'refunds.create' });
      const lost = await ask(payment.id, { amount: rub(250_00), reason: kind });
      expect(lost.status).toBe(200);
      expect(await held(who)).toBe(750_00);
      await opened.shop.moveTo(opened.shop.clock.now().add({ minutes: 3 }).toString());
      const { refunds } = await refundsOf(payment.id);
      expect(refunds).toMatchObject([{ id: lost.body.id, state: 'done' }]);
      expect(await held(who)).toBe(750_00);
    },
  );

  it('that the bank does and leaves unanswered is finished by its notification or a retry', async () => {
    const who = await opened.buyer();
    const payment = await topUp(who, 1_000_00, 'loses-answer');
    const asked = await ask(payment.id, { amount: rub(10_00), reason: 'lost' });
    expect(asked.status).toBe(200);
    await expect
      .poll(async () => (await refundsOf(payment.id)).refunds[0].state, { timeout: 9000 })
      .toBe('done');
    const again = await opened.staff.call('POST', `/v1/admin/refunds/${asked.body.id}/retry`, {});
    expect([again.status, again.body.code]).toEqual([409, 'refund-already-done']);
    expect(await held(who)).toBe(990_00);
  });

  it('that the bank refuses puts the money back, and may be asked for again', async () => {
    const who = await opened.buyer();
    const payment = await topUp(who, 1_000_00, 'succeeds');
    // Somebody at the bank gave all of it back already, behind our back.
    await opened.bank.refundElsewhere(payment.id, 1_000_00);
    const asked = await ask(payment.id, { amount: rub(1_000_00), reason: 'refused' });
    expect(asked.body).toMatchObject({ state: 'failed', failureCode: 'refund-exceeds-payment' });
    expect(await held(who)).toBe(1_000_00);
    const again = await opened.staff.ok('POST', `/v1/admin/refunds/${asked.body.id}/retry`, {});
    expect(again).toMatchObject({ state: 'failed', tries: 1 });
    expect(await held(who)).toBe(1_000_00);
    await expect
      .poll(async () => (await refundsOf(payment.id)).notifications.at(-1)?.outcome, {
        timeout: 9000,
      })
      .toBe('refund-unknown');
  });
});

describe('a transfer', () => {
  it('goes back by hand: staff say when it was sent, or that it will not be', async () => {
    const who = await opened.buyer();
    const started = await who.ok('POST', '/v1/payments', {
      amount: rub(500_00),
      gatewayId: 'bank-transfer',
    });
    await opened.staff.ok('POST', `/v1/admin/payments/${started.id}/confirm`, {
      received: rub(500_00),
    });
    const first = await ask(started.id, { amount: rub(200_00), reason: 'by hand' });
    expect(first.body).toMatchObject({ state: 'asked', nextTryAt: null });
    const sent = await opened.staff.ok('POST', `/v1/admin/refunds/${first.body.id}/sent`, {});
    expect(sent.state).toBe('done');
    const second = await ask(started.id, { amount: rub(300_00), reason: 'by hand' });
    expect(await held(who)).toBe(0);
    await opened.staff.ok('POST', `/v1/admin/refunds/${second.body.id}/cancel`, {});
    expect(await held(who)).toBe(300_00);
    const late = await opened.staff.call('POST', `/v1/admin/refunds/${second.body.id}/sent`, {});
    expect([late.status, late.body.code]).toEqual([409, 'refund-already-finished']);
  });
});

describe('refunds', () => {
  it('are shown to staff by state, and to no other client', async () => {
    const [who, stranger] = [await opened.buyer(), await opened.buyer()];
    const payment = await topUp(who, 1_000_00, 'succeeds');
    const refund = await ask(payment.id, { amount: rub(10_00), reason: 'listed' });
    const list = await opened.staff.ok('GET', '/v1/admin/refunds?state=done');
    expect(list.items.map(({ id }: { id: string }) => id)).toContain(refund.body.id);
    const foreign = await stranger.call('GET', `/v1/payments/${payment.id}/refunds`);
    expect([foreign.status, foreign.body.code]).toEqual([404, 'payment-not-found']);
  });

  it('name their attempt to the gateway, and are recognised by it', () => {
    const id = 'rfd_0123456789abcdefghjk';
    expect([1, 2, 11].map((attempt) => parseRefundKey(refundKey({ id, attempt })))).toEqual([
      { id, attempt: 1 },
      { id, attempt: 2 },
      { id, attempt: 11 },
    ]);
    expect(parseRefundKey('something else')).toBeNull();
    expect(parseRefundKey(`${id}-1`)).toBeNull();
  });

  it('are never below nothing', () => {
    expect(refundableMinor({ paymentMinor: 5n, heldMinor: -1n, noteMinor: null })).toBe(0n);
    expect(refundableMinor({ paymentMinor: 5n, heldMinor: 9n, noteMinor: 3n })).toBe(3n);
  });
});
