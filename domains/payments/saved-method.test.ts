import { sql } from 'kysely';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { payerAt } from '#extensions/gateways/sandbox-card/drive-sandbox-card.ts';
import { becomes, CARD, saveCard, startPaymentShop, topUp } from './payments-test.ts';
import type { Buyer } from './payments-test.ts';
import { tokenOf } from './saved-method-store.ts';

let opened: Awaited<ReturnType<typeof startPaymentShop>>;
beforeAll(async () => {
  opened = await startPaymentShop();
});
afterAll(() => opened.stop());
afterEach(() => opened.check());

const listed = async (who: Buyer) => (await who.ok('GET', '/v1/saved-methods')).items;
const token = (id: string) => opened.shop.run((ctx) => tokenOf(ctx, id));
const later = (time: Temporal.DurationLike) =>
  opened.shop.moveTo(opened.shop.clock.now().add(time).toString());

/** How often the bank took money for a payment of ours. */
async function takings(paymentId: string): Promise<number> {
  const { rows } = await opened.shop.run((ctx) =>
    sql<{
      n: number;
    }>`select count(*)::int as n from ledger_txn where cause = ${paymentId}`.execute(ctx.tx),
  );
  return rows[0]?.n ?? 0;
}

/** An order that is paid by a saved card at once, as far as the bank lets it. */
async function charge(who: Buyer, savedMethodId: string, key?: string) {
  const invoiceId = await who.order();
  return { invoiceId, answer: await who.start({ invoiceId, savedMethodId }, key) };
}

describe('a card', () => {
  it('is saved with the payer’s consent alone, and known by four digits', async () => {
    const who = await opened.buyer();
    const invoiceId = await who.order();
    const plain = await who.ok('POST', '/v1/payments', { invoiceId, gatewayId: CARD });
    await payerAt(plain.redirectUrl).pay('succeeds');
    await becomes(who, plain.id, 'succeeded');
    expect(await listed(who)).toEqual([]);
    const { saved } = await saveCard(who);
    expect(saved).toMatchObject({ brand: 'Visa', last4: '4242', isDefault: true, state: 'usable' });
    const { methods, saved: payable } = await who.ok('GET', '/v1/payment-methods');
    expect(methods.map(({ canSave }: { canSave: boolean }) => canSave)).toEqual([true, false]);
    expect(payable).toEqual([saved]);
  });

  it('saved again takes its own place, and the bank forgets the earlier token', async () => {
    const who = await opened.buyer();
    const first = await saveCard(who);
    const again = await saveCard(who);
    expect(await listed(who)).toMatchObject([{ id: again.id, isDefault: true }]);
    await later({ minutes: 1 });
    expect(await token(first.id)).toBeNull();
    expect(await token(again.id)).not.toBeNull();
  });

  it('is chosen, and removed; the newest of the others is the default then', async () => {
    const who = await opened.buyer();
    const first = await saveCard(who);
    const second = await saveCard(who, 'answers-twice');
    const third = await saveCard(who, 'asks-three-d-secure');
    expect((await listed(who))[0]).toMatchObject({ id: first.id, isDefault: true });
    await who.ok('POST', `/v1/saved-methods/${second.id}/default`, {});
    expect((await listed(who))[0]).toMatchObject({ id: second.id, isDefault: true });
    const { items } = await who.ok('DELETE', `/v1/saved-methods/${second.id}`);
    expect(items).toMatchObject([{ id: third.id, isDefault: true }, { id: first.id }]);
    const gone = await who.call('POST', `/v1/saved-methods/${second.id}/default`, {});
    expect([gone.status, gone.body.code]).toEqual([404, 'saved-method-not-found']);
  });

  it('that the bank does not forget at once is asked about again', async () => {
    const who = await opened.buyer();
    const { id } = await saveCard(who);
    await opened.bank.misbehave(
      { kind: 'http-500', operation: 'methods.forget' },
      { kind: 'work-then-drop', operation: 'methods.forget' },
    );
    await who.ok('DELETE', `/v1/saved-methods/${id}`);
    await later({ minutes: 1 });
    expect(await token(id)).not.toBeNull();
    await later({ minutes: 10 });
    expect(await token(id)).toBeNull();
  });
});

describe('a charge of a saved card', () => {
  it('pays an invoice at once, and several together', async () => {
    const who = await opened.buyer();
    const { id } = await saveCard(who);
    const { invoiceId, answer } = await charge(who, id);
    expect(answer.body).toMatchObject({
      state: 'succeeded',
      redirectUrl: null,
      card: { brand: 'Visa', last4: '4242' },
    });
    expect((await who.invoice(invoiceId)).state).toBe('paid');
    const invoiceIds = [await who.order(), await who.order()];
    expect((await who.start({ invoiceIds, savedMethodId: id })).body.state).toBe('succeeded');
    expect((await who.invoice(invoiceIds[1] ?? '')).state).toBe('paid');
  });

  it('that fails says why, and a card that will never pay again is charged no more', async () => {
    const who = await opened.buyer();
    for (const [card, code, state] of [
      ['asks-three-d-secure', 'payer-needed', 'usable'],
      ['later-declined', 'card-declined', 'usable'],
      ['later-expired', 'card-expired', 'failed'],
      ['later-stolen', 'card-stolen', 'failed'],
    ] as const) {
      const { id } = await saveCard(who, card);
      const { invoiceId, answer } = await charge(who, id);
      expect(answer.body).toMatchObject({ state: 'failed', failureCode: code });
      expect((await who.invoice(invoiceId)).state).toBe('issued');
      const saved = (await listed(who)).find((one: { id: string }) => one.id === id);
      expect(saved).toMatchObject({ state, failureCode: state === 'failed' ? code : null });
      const again = await charge(who, id);
      const expected = state === 'failed' ? { code: 'saved-method-failed' } : { state: 'failed' };
      expect(again.answer.body).toMatchObject(expected);
    }
  });

  it('whose answer does not come is made once, found by asking', async () => {
    const who = await opened.buyer();
    const { id } = await saveCard(who);
    for (const kind of ['work-then-500', 'work-then-drop', 'http-500', 'drop'] as const) {
      await opened.bank.misbehave({ kind, operation: 'charges.create' });
      const { invoiceId, answer } = await charge(who, id);
      await later({ minutes: 3 });
      expect((await who.payment(answer.body.id)).state).toBe('succeeded');
      expect(await takings(answer.body.id)).toBe(1);
      expect((await who.invoice(invoiceId)).state).toBe('paid');
    }
  });

  it('asked for twenty times at once under one key, while answers get lost, is made once', async () => {
    const who = await opened.buyer();
    const { id: savedMethodId } = await saveCard(who, 'loses-answer');
    const invoiceId = await who.order();
    const before = (await opened.bank.deliveries()).length;
    const answers = await Promise.all(
      Array.from({ length: 20 }, () => who.start({ invoiceId, savedMethodId }, 'one-charge')),
    );
    expect(new Set(answers.map(({ body }) => body.id)).size).toBe(1);
    await later({ minutes: 3 });
    expect(await takings(answers[0]?.body.id)).toBe(1);
    const deliveries = await opened.bank.deliveries();
    const told = deliveries.slice(0, deliveries.length - before);
    expect(told.filter(({ body }) => body.includes('succeeded'))).toHaveLength(1);
  });

  it('that never got to the bank is not made once its key may be forgotten', async () => {
    const who = await opened.buyer();
    const { id } = await saveCard(who);
    await opened.bank.misbehave({ kind: 'drop', operation: '*', times: 1000 });
    const { answer } = await charge(who, id);
    await later({ hours: 13 });
    await opened.bank.misbehave();
    await later({ hours: 12 });
    expect(await who.payment(answer.body.id)).toMatchObject({
      state: 'failed',
      failureCode: 'other',
    });
    expect(await takings(answer.body.id)).toBe(0);
  });

  it('of a card that was removed before it got there is not made', async () => {
    const who = await opened.buyer();
    const { id } = await saveCard(who);
    await opened.bank.misbehave({ kind: 'drop', operation: 'charges.create' });
    const { answer } = await charge(who, id);
    await who.ok('DELETE', `/v1/saved-methods/${id}`);
    await later({ minutes: 3 });
    expect(await who.payment(answer.body.id)).toMatchObject({ failureCode: 'method-unknown' });
  });

  it('whose bank answers late waits for it', async () => {
    const who = await opened.buyer();
    const { id } = await saveCard(who, 'answers-late');
    const { answer } = await charge(who, id);
    expect(answer.body.state).toBe('pending');
    await becomes(who, answer.body.id, 'succeeded');
  });
});

describe('a stranger', () => {
  it('neither sees, chooses, removes nor charges another’s card', async () => {
    const [owner, stranger] = [await opened.buyer(), await opened.buyer()];
    const { id } = await saveCard(owner);
    expect(await listed(stranger)).toEqual([]);
    for (const answer of [
      await stranger.call('POST', `/v1/saved-methods/${id}/default`, {}),
      await stranger.call('DELETE', `/v1/saved-methods/${id}`),
      (await charge(stranger, id)).answer,
    ]) {
      expect([answer.status, answer.body.code]).toEqual([404, 'saved-method-not-found']);
    }
    expect(await listed(owner)).toMatchObject([{ id, isDefault: true }]);
    const theirs = await opened.shop.staff('northbyte.localhost');
    const { items } = await opened.staff.ok('GET', '/v1/admin/clients');
    const client = items.find(({ id: one }: { id: string }) => one.startsWith('cli_'));
    const looked = await theirs.call('GET', `/v1/admin/clients/${client.id}/saved-methods`);
    expect([looked.status, looked.body.code]).toEqual([404, 'client-not-found']);
  });
});

describe('the bank’s token', () => {
  it('stands nowhere but sealed: not in answers, audit, events, jobs or other rows', async () => {
    const who = await opened.buyer();
    const { id, paymentId } = await saveCard(who);
    const secret = (await token(id)) ?? 'none';
    expect(secret).toMatch(/^card_/);
    await charge(who, id);
    await topUp(who, 100_00, 'succeeds');
    const seen = [
      await who.ok('GET', '/v1/saved-methods'),
      await who.ok('GET', '/v1/payment-methods'),
      await who.ok('GET', `/v1/payments/${paymentId}`),
      await opened.staff.ok('GET', `/v1/admin/payments/${paymentId}`),
    ];
    expect(JSON.stringify(seen)).not.toContain(secret);
    await who.ok('DELETE', `/v1/saved-methods/${id}`);
    expect(await rowsWith(secret)).toEqual([]);
    expect((await rowsWith(id)).length).toBeGreaterThan(1);
  });
});

/** The tables in which a text stands, whatever they are. */
async function rowsWith(text: string): Promise<string[]> {
  return opened.shop.run(async ({ tx }) => {
    const tables = await sql<{ name: string }>`
      select format('%I.%I', schemaname, tablename) as name from pg_tables
      where schemaname not in ('pg_catalog', 'information_schema')`.execute(tx);
    const found: string[] = [];
    for (const { name } of tables.rows) {
      const { rows } = await sql<{ n: number }>`
        select count(*)::int as n from ${sql.raw(name)} t
        where t::text like ${`%${text}%`}`.execute(tx);
      if (rows[0]?.n) found.push(name);
    }
    return found;
  });
}
