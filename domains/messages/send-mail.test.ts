import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createBrand } from '#domains/brands/index.ts';
import { createSeller } from '#domains/sellers/index.ts';
import { Extensions } from '#platform/extensions.ts';
import { startTestRuntime } from '#test/harness/runtime.ts';
import type { TestRuntime } from '#test/harness/runtime.ts';
import { messagesAgenda, messagesOf, sendMail } from './index.ts';
import { mailTransport } from './mail-transport.ts';
import type { OutgoingMail } from './mail-transport.ts';

const legal = {
  name: { ru: 'ООО Стойка', en: 'Stoika LLC' },
  address: { ru: 'Москва', en: 'Moscow' },
  taxId: '7700000000',
};

describe('a mail', () => {
  let test: TestRuntime;
  let brandId = '';
  const sent: OutgoingMail[] = [];
  let serverIsUp = true;

  beforeAll(async () => {
    const extensions = new Extensions().register(mailTransport, {
      id: 'mail',
      send: async (mail) => {
        if (!serverIsUp) throw new Error('421 try later');
        sent.push(mail);
      },
    });
    test = await startTestRuntime({ extensions, parts: { agenda: messagesAgenda } });
    brandId = await test.run(async (ctx) => {
      const zone = 'Europe/Moscow';
      const seller = await createSeller(ctx, {
        parentId: null,
        name: 'Стойка',
        zone,
        country: 'RU',
        legal,
      });
      const brand = await createBrand(ctx, {
        sellerId: seller.id,
        name: 'Стойка',
        hosts: ['localhost'],
        languages: ['ru', 'en'],
        defaultLanguage: 'ru',
        currency: 'RUB',
        accent: '#2f4bd8',
        pricesIncludeTax: true,
        supportEmail: 'help@stoika.test',
      });
      return brand.id;
    });
  });
  afterAll(() => test.stop());

  const write = (subject: string, text: string): Promise<string> =>
    test.run((ctx) =>
      sendMail(ctx, {
        brandId,
        branch: 1,
        to: 'anna@example.test',
        template: 'test.mail',
        language: 'ru',
        subject,
        blocks: [
          { kind: 'text', text },
          { kind: 'button', label: 'Открыть', url: 'javascript:alert(1)' },
        ],
      }),
    );

  it('goes out in the look of its brand, with what people typed shown inertly', async () => {
    await write('Заказ\r\nBcc: all@example.test', '<script>alert(1)</script>');
    await test.moveTo('2023-02-01T10:00:00Z');
    const mail = sent.at(-1);
    expect(mail?.subject).toBe('Заказ Bcc: all@example.test');
    expect(mail?.html).toContain('&lt;script&gt;');
    expect(mail?.html).not.toContain('javascript:');
    expect(mail?.from).toBe('"Стойка" <help@stoika.test>');
  });

  it('is tried again until a server takes it, and given up in the end', async () => {
    serverIsUp = false;
    await write('Первое', 'текст');
    await test.moveTo('2023-02-01T10:30:00Z');
    const waiting = await test.run((ctx) => messagesOf(ctx, { brandIds: [brandId], limit: 1 }));
    expect(waiting[0]).toMatchObject({ state: 'queued', lastError: '421 try later' });
    serverIsUp = true;
    await test.moveTo('2023-02-01T12:00:00Z');
    expect(sent.at(-1)?.subject).toBe('Первое');
    serverIsUp = false;
    await write('Второе', 'текст');
    await test.moveTo('2023-02-05T12:00:00Z');
    const given = await test.run((ctx) => messagesOf(ctx, { brandIds: [brandId], limit: 1 }));
    expect(given[0]).toMatchObject({ state: 'failed', attempts: 8 });
  });

  it('is not written when the transaction that tells of it fails', async () => {
    const before = sent.length;
    serverIsUp = true;
    const work = test.run(async (ctx) => {
      await sendMail(ctx, {
        brandId,
        branch: 1,
        to: 'anna@example.test',
        template: 'test.mail',
        language: 'en',
        subject: 'No',
        blocks: [],
      });
      throw new Error('rolled back');
    });
    await expect(work).rejects.toThrow('rolled back');
    await test.moveTo('2023-02-06T12:00:00Z');
    expect(sent.length).toBe(before);
  });
});
