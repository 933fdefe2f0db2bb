import { inflateSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { date } from '#domains/catalog/fixtures.ts';
import type { Seller } from '#domains/sellers/index.ts';
import { makeId } from '#kit/id.ts';
import { textsFor } from '#platform/texts.ts';
import { startTestRuntime } from '#test/harness/runtime.ts';
import type { TestRuntime } from '#test/harness/runtime.ts';
import { aClient, anOrder, aQuote, aSeller } from '../fixtures.ts';
import { creditLines, issueInvoice, settleInvoice } from '../index.ts';
import type { Invoice, InvoiceOrder } from '../index.ts';
import { documentView } from './document-view.ts';
import type { DocumentView } from './document-view.ts';
import { documentSource, invoicePdf } from './invoice-pdf.ts';

const THIN = '\u202f';
let test: TestRuntime;
let operator: Seller;
let made = 0;

beforeAll(async () => {
  test = await startTestRuntime({ now: '2023-05-01T09:00:00Z' });
  operator = await test.run((ctx) => aSeller(ctx, 'Стойка'));
});
afterAll(() => test.stop());

function issue(over: Partial<InvoiceOrder> = {}): Promise<Invoice> {
  const branch = ++made;
  const buyer = aClient(makeId('cli', branch, 1, branch));
  return test.run((ctx) => issueInvoice(ctx, anOrder(operator, buyer, branch, over)));
}

async function view(invoice: Invoice, language: 'ru' | 'en'): Promise<DocumentView> {
  const source = await test.run((ctx) => documentSource(ctx, invoice));
  return documentView(source, language, textsFor('billing', language));
}

async function paid(invoice: Invoice): Promise<Invoice> {
  const amount = { minor: invoice.totalMinor, currency: invoice.currency };
  return test.run((ctx) =>
    settleInvoice(ctx, invoice.id, { amount, from: { code: 'cash:bank' }, cause: invoice.id }),
  );
}

describe('an invoice on paper', () => {
  it('says the amounts of the invoice, with tax, in Russian', async () => {
    const shown = await view(await issue({ quote: aQuote('2023-05-01', 1000) }), 'ru');
    expect(shown.title).toMatch(/^Счёт № INV-2023-\d{6}$/);
    expect(shown.dated).toBe('от 1 мая 2023');
    expect(shown.lines.map((line) => line.amount)).toEqual([
      `16${THIN}200,00${THIN}₽`,
      `8${THIN}640,00${THIN}₽`,
    ]);
    expect(shown.lines[1]?.notes).toEqual([
      'с 1 мая 2023 по 30 апреля 2024',
      `800,00${THIN}₽ в месяц × 12 месяцев`,
      `скидка 960,00${THIN}₽ по промокоду SALE`,
    ]);
    expect(shown.totals).toEqual([
      { name: 'Итого', value: `24${THIN}840,00${THIN}₽`, strong: true },
      { name: 'В том числе НДС 20 %', value: `4${THIN}140,00${THIN}₽`, strong: false },
    ]);
    expect(shown.bank?.facts.map((fact) => fact.value)).toContain('40702810900000000001');
    expect(shown.stamp).toBeNull();
  });

  it('says the same in English', async () => {
    const shown = await view(await issue(), 'en');
    expect(shown.title).toMatch(/^Invoice INV-2023-\d{6}$/);
    expect(shown.parties.map((party) => party.name)).toEqual(['Стойка LLC', 'Анна Петрова']);
    expect(shown.totals[0]?.value).toBe('₽27,600.00');
  });

  it('once paid bears a stamp and no longer asks for money', async () => {
    const shown = await view(await paid(await issue()), 'ru');
    expect(shown.stamp).toEqual({ text: 'Оплачен', tone: 'good' });
    expect(shown.bank).toBeNull();
  });

  it('of a credit note names the invoice, the line and the reason', async () => {
    const invoice = await paid(await issue());
    const note = await test.run((ctx) =>
      creditLines(ctx, {
        invoiceId: invoice.id,
        lineNos: [1],
        removedOn: date('2023-08-01'),
        fullUntilOn: null,
        on: date('2023-08-01'),
        reason: 'Заказ закрыт',
        cause: `closed:${invoice.id}`,
      }),
    );
    const shown = await view(note, 'ru');
    expect(shown.title).toMatch(/^Кредит-нота № CN-2023-\d{6}$/);
    expect(shown.facts.map((fact) => fact.value)).toContain('Заказ закрыт');
    expect(shown.lines[0]?.notes[1]).toBe('к строке 1');
    expect(shown.totals[0]).toMatchObject({ name: 'Возвращено на баланс' });
  });

  it.each(['ru', 'en'] as const)('is a PDF with its own letters in %s', async (language) => {
    const invoice = await issue();
    const source = await test.run((ctx) => documentSource(ctx, invoice));
    const file = invoicePdf(source, language);
    expect(file.name).toMatch(new RegExp(`^INV-2023-\\d{6}-${language}\\.pdf$`));
    const bytes = Buffer.from(await file.arrayBuffer());
    expect(bytes.subarray(0, 5).toString()).toBe('%PDF-');
    const objects = unpacked(bytes);
    expect(objects).toContain('Onest-Regular');
    expect(objects).not.toContain('.notdef');
    const again = Buffer.from(await invoicePdf(source, language).arrayBuffer());
    expect(again.equals(bytes)).toBe(true);
  });

  it('prints what a client wrote as text, whatever it looks like', async () => {
    const sly = aClient('cli_x');
    const name = '#panic("no") $x$ *bold* \\ </html>';
    sly.details = { ...sly.details, name: { ru: name, en: name } };
    const invoice = await issue({ buyer: sly, about: '#read("/etc/passwd")' });
    const source = await test.run((ctx) => documentSource(ctx, invoice));
    expect((await invoicePdf(source, 'ru').arrayBuffer()).byteLength).toBeGreaterThan(5_000);
    expect((await view(invoice, 'ru')).parties[1]?.name).toBe(name);
  });
});

/** The readable parts of a PDF: its plain text and every deflated stream. */
function unpacked(pdf: Buffer): string {
  const parts = [pdf.toString('latin1')];
  let from = 0;
  for (;;) {
    const start = pdf.indexOf('stream\n', from);
    if (start < 0) return parts.join('\n');
    const end = pdf.indexOf('endstream', start);
    try {
      parts.push(inflateSync(pdf.subarray(start + 7, end)).toString('latin1'));
    } catch {
      // An image or a font that is stored otherwise: nothing to read in it.
    }
    from = end + 9;
  }
}
