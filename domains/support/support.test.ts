import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { messagesOf, renderMail } from '#domains/messages/index.ts';
import { startShop } from '#test/harness/start-shop.ts';
import type { Shopper, TestShop } from '#test/harness/start-shop.ts';
import { wrongAfter } from '#test/harness/wrong-after.ts';
import { verifySupport } from './index.ts';

const QUESTION = { subject: 'Сайт не открывается', text: 'Вижу ошибку 500. <b>Что делать?</b>' };

let shop: TestShop;
let client: Shopper;
let staff: Awaited<ReturnType<TestShop['staff']>>;
let colleague: Awaited<ReturnType<TestShop['staff']>>;

beforeAll(async () => {
  shop = await startShop();
  [client, staff, colleague] = [await shop.shopper(), await shop.staff(), await shop.staff()];
});
afterAll(() => shop.stop());

const open = (who: Shopper, more: object = {}) =>
  who.ok('POST', '/v1/tickets', { ...QUESTION, ...more });
const codeOf = async (answer: ReturnType<Shopper['call']>) => {
  const { status, body } = await answer;
  return [status, body.code];
};
const supportMails = async () => {
  const brandIds = [shop.shops.operatorBrand.id];
  const mails = await shop.run((ctx) => messagesOf(ctx, { brandIds, limit: 100 }));
  return mails.filter(({ template }) => template.startsWith('support.'));
};

describe('a ticket', () => {
  it('is asked by a client, answered by staff, and both are told once', async () => {
    const { id, number, state, department } = await open(client, { priority: 'high' });
    expect([state, department.title.ru]).toEqual(['open', 'Техподдержка']);
    expect(number).toMatch(/^\d{7}$/);
    const seen = await staff.ok('GET', `/v1/admin/tickets/${id}`);
    expect(seen).toMatchObject({ clientName: client.client.name, priority: 'high', revision: 1 });
    await staff.ok('POST', `/v1/admin/tickets/${id}/notes`, { text: 'Похоже на .htaccess' });
    const reply = { text: 'Исправили .htaccess, проверьте.', revision: 1, state: 'waiting' };
    const answered = await staff.ok('POST', `/v1/admin/tickets/${id}/replies`, reply);
    expect([answered.state, answered.assignee.name]).toEqual(['waiting', 'Staff']);

    const talk = await client.ok('GET', `/v1/tickets/${id}`);
    expect(talk.messages.map((one: { text: string }) => one.text)).toEqual([
      QUESTION.text,
      reply.text,
    ]);
    expect(JSON.stringify(talk)).not.toContain('Похоже');
    const mails = await supportMails();
    expect(mails.map(({ template, toAddress }) => [template, toAddress])).toEqual([
      ['support.answered', client.client.email],
      ['support.new-ticket', 'help@stoika.test'],
    ]);
    const [toClient, toDepartment] = mails.map(renderMail);
    expect(toClient?.html).not.toContain('<b>');
    expect(toDepartment?.html).toContain('&lt;b&gt;');
    expect(toClient?.text).toContain(`/account/tickets/${id}`);

    await client.ok('POST', `/v1/tickets/${id}/replies`, { text: 'Заработало' });
    expect((await staff.ok('GET', `/v1/admin/tickets/${id}`)).state).toBe('open');
  });

  it('is answered by one of two colleagues', async () => {
    const { id } = await open(client);
    const path = `/v1/admin/tickets/${id}/replies`;
    await staff.ok('POST', path, { text: 'Первый', revision: 1 });
    const second = { text: 'Второй', revision: 1 };
    expect(await codeOf(colleague.call('POST', path, second))).toEqual([409, 'ticket-changed']);
    const { revision } = await colleague.ok('GET', `/v1/admin/tickets/${id}`);
    await colleague.ok('POST', path, { ...second, revision });
    const { messages, assignee } = await colleague.ok('GET', `/v1/admin/tickets/${id}`);
    expect(messages).toHaveLength(3);
    expect(assignee.name).toBe('Staff');
  });

  it('is closed, and taken up again for fourteen days', async () => {
    const { id } = await open(client);
    const closed = await client.ok('POST', `/v1/tickets/${id}/close`, {});
    expect(closed.state).toBe('closed');
    const text = { text: 'Опять' };
    expect(await codeOf(client.call('POST', `/v1/tickets/${id}/replies`, text))).toEqual([
      409,
      'ticket-closed',
    ]);
    expect((await client.ok('POST', `/v1/tickets/${id}/reopen`, text)).state).toBe('open');
    await client.ok('POST', `/v1/tickets/${id}/close`, {});
    await shop.moveTo(
      shop.clock
        .now()
        .add({ hours: 24 * 14 })
        .toString(),
    );
    expect((await client.ok('GET', `/v1/tickets/${id}`)).reopenableUntil).toBeNull();
    expect(await codeOf(client.call('POST', `/v1/tickets/${id}/reopen`, text))).toEqual([
      409,
      'ticket-reopen-too-late',
    ]);
  });

  it('is nobody’s but its client’s and its own shop’s staff’s', async () => {
    const theirs = await shop.shopper({ host: 'northbyte.localhost' });
    const reseller = await shop.staff('northbyte.localhost');
    const { id } = await open(theirs);
    await reseller.ok('GET', `/v1/admin/tickets/${id}`);
    // Not even for those whose seller stands above.
    for (const [who, path] of [
      [staff, `/v1/admin/tickets/${id}`],
      [client, `/v1/tickets/${id}`],
    ] as const) {
      expect(await codeOf(who.call('GET', path))).toEqual([404, 'ticket-not-found']);
    }
    const { items } = await staff.ok('GET', '/v1/admin/tickets');
    expect(items.map((one: { id: string }) => one.id)).not.toContain(id);
    const { items: own } = await reseller.ok('GET', '/v1/admin/tickets');
    expect(own.map((one: { id: string }) => one.id)).toEqual([id]);
    // Nor by the ways on which those above see much else: mail, and the audit trail.
    const reply = { text: 'Тайный ответ', revision: 1 };
    await reseller.ok('POST', `/v1/admin/tickets/${id}/replies`, reply);
    const brandIds = [shop.shops.resellerBrand.id];
    const mails = await shop.run((ctx) => messagesOf(ctx, { brandIds, limit: 10 }));
    expect(mails.filter(({ template }) => template.startsWith('support.'))).toHaveLength(2);
    const audit = await staff.ok('GET', '/v1/admin/audit');
    for (const seen of [JSON.stringify(mails), JSON.stringify(audit)]) {
      for (const words of [QUESTION.text, reply.text]) expect(seen).not.toContain(words);
    }
  });

  it('is about something of the client’s own alone', async () => {
    const invoice = 'inv_00000000000000000000';
    const about = { kind: 'invoice', id: invoice };
    expect(await codeOf(client.call('POST', '/v1/tickets', { ...QUESTION, about }))).toEqual([
      404,
      'invoice-not-found',
    ]);
  });

  it('takes text alone, one line as a subject, and no more than people read', async () => {
    const writer = await shop.shopper();
    for (const wrong of [
      { ...QUESTION, text: 'x'.repeat(10_001) },
      { ...QUESTION, subject: 'Тема\r\nBcc: all@example.test' },
      { ...QUESTION, text: ' \n ' },
    ]) {
      expect(await codeOf(writer.call('POST', '/v1/tickets', wrong))).toEqual([
        422,
        'input-invalid',
      ]);
    }
  });
});

describe('the queue', () => {
  it('is searched, narrowed and turned page by page without losing a ticket', async () => {
    const asker = await shop.shopper();
    for (const subject of ['Почта', 'Домен', 'Почта снова']) await open(asker, { subject });
    const list = (query: string) => staff.ok('GET', `/v1/admin/tickets?${query}`);
    const subjects = ({ items }: { items: { subject: string }[] }) =>
      items.map(({ subject }) => subject);
    expect(subjects(await list('search=почта'))).toEqual(['Почта', 'Почта снова']);
    expect(subjects(await list(`clientId=${asker.clientId}&whose=nobody`))).toHaveLength(3);
    expect(subjects(await list(`clientId=${asker.clientId}&whose=mine`))).toEqual([]);
    const [first] = (await list('search=Домен')).items;
    expect(subjects(await list(`search=${first.number}`))).toEqual(['Домен']);
    const paged: string[] = [];
    let cursor = '';
    do {
      const page = await list(`limit=2${cursor && `&cursor=${encodeURIComponent(cursor)}`}`);
      paged.push(...page.items.map((one: { id: string }) => one.id));
      cursor = page.next ?? '';
    } while (cursor);
    const all = await list('limit=100');
    expect(paged).toEqual(all.items.map((one: { id: string }) => one.id));
  });

  it('is passed on to departments that the brand has', async () => {
    const brandId = shop.shops.operatorBrand.id;
    const { items } = await staff.ok('GET', '/v1/admin/support-settings');
    const { settings } = items.find((one: { brandId: string }) => one.brandId === brandId);
    const billing = { key: 'billing', title: { ru: 'Расчёты', en: 'Billing' }, email: null };
    const path = `/v1/admin/support-settings/${brandId}`;
    const departments = [...settings.departments, { ...billing, offered: true }];
    await staff.ok('PUT', path, { ...settings, departments });
    const asker = await shop.shopper();
    const { items: offered } = await asker.ok('GET', '/v1/tickets/departments');
    expect(offered.map((one: { key: string }) => one.key)).toEqual(['support', 'billing']);
    const { id } = await open(asker, { department: 'billing' });
    expect(await codeOf(staff.call('PUT', path, { ...settings }))).toEqual([
      409,
      'department-in-use',
    ]);
    expect(
      await codeOf(staff.call('PATCH', `/v1/admin/tickets/${id}`, { department: 'none' })),
    ).toEqual([404, 'department-not-found']);
    const moved = await staff.ok('PATCH', `/v1/admin/tickets/${id}`, {
      department: 'support',
      priority: 'urgent',
    });
    expect(moved).toMatchObject({ department: { key: 'support' }, priority: 'urgent' });
    const reseller = await shop.staff('northbyte.localhost');
    expect(await codeOf(reseller.call('PUT', path, settings))).toEqual([404, 'brand-not-found']);
  });

  it.each([
    ['select 1', []],
    [
      `update ticket set client_id = 'cli_nobody'`,
      ['every ticket begins with words and is its client’s'],
    ],
    [`update ticket set number = '1'`, ['no two tickets have one number']],
    [
      `update ticket set last_at = last_at - interval '1 year'`,
      ['every ticket was last moved by whoever wrote last'],
    ],
  ])('verify says what is wrong after: %s', async (tampering, names) => {
    expect(await wrongAfter(shop, verifySupport, tampering)).toEqual(names);
  });
});
