import { formatDate } from '#kit/format-date.ts';
import { formatMoney } from '#kit/format-money.ts';
import type { Texts } from '#platform/texts.ts';
import { dueMinor, invoiceNumber } from '../invoice.ts';
import type { Invoice, InvoiceLine } from '../invoice.ts';
import type { PartyDetails } from '../party.ts';
import { priceWords } from '../price-words.ts';

type Fact = { name: string; value: string };

/** Everything the template prints, as words: it only lays them out. */
export type DocumentView = {
  language: 'ru' | 'en';
  title: string;
  dated: string;
  issuer: string;
  stamp: { text: string; tone: 'good' | 'idle' } | null;
  facts: Fact[];
  parties: { role: string; name: string; lines: string[] }[];
  head: { no: string; what: string; quantity: string; amount: string };
  lines: { no: string; what: string; notes: string[]; quantity: string; amount: string }[];
  totals: (Fact & { strong: boolean })[];
  bank: { title: string; facts: Fact[] } | null;
  footer: string;
  page: string;
};

export type DocumentSource = {
  invoice: Invoice;
  lines: readonly InvoiceLine[];
  /** Number and date of the invoice that a credit note corrects. */
  corrected: Pick<Invoice, 'series' | 'no' | 'issuedOn'> | null;
};

/** A document in one of its languages. `text` reads billing's texts of that language. */
export function documentView(
  { invoice, lines, corrected }: DocumentSource,
  language: 'ru' | 'en',
  text: Texts,
): DocumentView {
  const isInvoice = invoice.kind === 'invoice';
  const number = invoiceNumber(invoice);
  const date = (on: Temporal.PlainDate) => formatDate(on.toString(), language);
  const facts = [
    invoice.about ? { name: text('document.about'), value: invoice.about } : null,
    isInvoice ? { name: text('document.dueOn'), value: date(invoice.dueOn) } : null,
    corrected && {
      name: text('document.corrects'),
      value: `${invoiceNumber(corrected)} ${text('document.of', { date: date(corrected.issuedOn) })}`,
    },
    invoice.reason ? { name: text('document.reason'), value: invoice.reason } : null,
  ];
  return {
    language,
    title: text(isInvoice ? 'document.invoice' : 'document.creditNote', { number }),
    dated: text('document.of', { date: date(invoice.issuedOn) }),
    issuer: invoice.seller.name[language],
    stamp: stampOf(invoice, text),
    facts: facts.filter((fact) => fact !== null),
    parties: [
      partyView(text('document.seller'), invoice.seller, language, text),
      partyView(text('document.buyer'), invoice.buyer, language, text),
    ],
    head: {
      no: text('document.no'),
      what: text('document.what'),
      quantity: text('document.quantity'),
      amount: text('document.amount'),
    },
    lines: lines.map((line) => lineView(invoice, line, language, text)),
    totals: totalsOf(invoice, lines, language, text),
    bank: bankOf(invoice, number, date(invoice.issuedOn), language, text),
    footer: `${number} · ${invoice.contentHash.slice(0, 16)}`,
    page: text('document.page', { page: '{page}', pages: '{pages}' }),
  };
}

function stampOf(invoice: Invoice, text: Texts): DocumentView['stamp'] {
  if (invoice.state === 'paid') return { text: text('document.paid'), tone: 'good' };
  if (invoice.state === 'written-off') return { text: text('document.writtenOff'), tone: 'idle' };
  return invoice.state === 'void' ? { text: text('document.void'), tone: 'idle' } : null;
}

export function partyView(role: string, party: PartyDetails, language: 'ru' | 'en', text: Texts) {
  const lines = [
    party.address[language],
    party.taxId ? text('document.taxId', { taxId: party.taxId }) : '',
    party.email ?? '',
  ];
  return { role, name: party.name[language], lines: lines.filter((line) => line !== '') };
}

function lineView(invoice: Invoice, line: InvoiceLine, language: 'ru' | 'en', text: Texts) {
  const { currency } = invoice;
  const date = (on: Temporal.PlainDate) => formatDate(on.toString(), language);
  const last = line.period.end.subtract({ days: 1 });
  const notes = [
    text('document.period', { start: date(line.period.start), end: date(last) }),
    line.correctsNo === null
      ? priceText(line, currency, language, text)
      : text('document.credited', { no: line.correctsNo }),
    line.discountMinor === 0n ? '' : discountText(invoice, line, language, text),
  ];
  return {
    no: String(line.no),
    what: line.description[language],
    notes: notes.filter((note) => note !== ''),
    quantity: String(line.quantity),
    amount: formatMoney(line.amountMinor, currency, language),
  };
}

function priceText(line: InvoiceLine, currency: string, language: string, text: Texts): string {
  const { key, values } = priceWords({ ...line, basis: line.proration.basis }, currency, language);
  return text(`document.${key}`, values);
}

function discountText(invoice: Invoice, line: InvoiceLine, language: string, text: Texts): string {
  const amount = formatMoney(line.discountMinor, invoice.currency, language);
  const code = invoice.discountCode;
  return code
    ? text('document.discountCode', { amount, code })
    : text('document.discount', { amount });
}

function totalsOf(
  invoice: Invoice,
  lines: readonly InvoiceLine[],
  language: 'ru' | 'en',
  text: Texts,
): DocumentView['totals'] {
  const row = (key: string, minor: bigint, strong = false, values = {}) => ({
    name: text(`document.${key}`, values),
    value: formatMoney(minor, invoice.currency, language),
    strong,
  });
  const taxes = taxRows(invoice, lines).map(([rateBp, minor]) =>
    row(invoice.pricesIncludeTax ? 'taxIncluded' : 'tax', minor, false, { rate: rateBp / 100 }),
  );
  const untaxed = { name: text('document.noTax'), value: '', strong: false };
  const sum = [
    ...(invoice.pricesIncludeTax || taxes.length === 0 ? [] : [row('net', invoice.netMinor)]),
    ...(invoice.pricesIncludeTax ? [] : taxes),
    row(invoice.kind === 'invoice' ? 'total' : 'credit', invoice.totalMinor, true),
    ...(invoice.pricesIncludeTax ? taxes : []),
    ...(taxes.length === 0 ? [untaxed] : []),
  ];
  const due = dueMinor(invoice);
  if (due === 0n || due === invoice.totalMinor) return sum;
  return [...sum, row('paidSoFar', invoice.paidMinor), row('due', due, true)];
}

/** Tax by rate; a document may have lines of two rates. Rates of zero are not tax. */
function taxRows(invoice: Invoice, lines: readonly InvoiceLine[]): [number, bigint][] {
  const byRate = new Map<number, bigint>();
  for (const { taxRateBp, taxMinor } of lines) {
    if (taxRateBp > 0) byRate.set(taxRateBp, (byRate.get(taxRateBp) ?? 0n) + taxMinor);
  }
  return invoice.totalMinor === 0n ? [] : [...byRate];
}

function bankOf(
  invoice: Invoice,
  number: string,
  date: string,
  language: 'ru' | 'en',
  text: Texts,
): DocumentView['bank'] {
  const { bank } = invoice.seller;
  if (!bank || dueMinor(invoice) === 0n) return null;
  const correspondent = bank.correspondentAccount;
  const facts = [
    { name: text('document.bankName'), value: bank.name[language] },
    { name: text('document.account'), value: bank.account },
    { name: text('document.bankCode'), value: bank.bankCode },
    correspondent ? { name: text('document.correspondentAccount'), value: correspondent } : null,
    { name: text('document.purpose'), value: text('document.purposeText', { number, date }) },
  ];
  return { title: text('document.bank'), facts: facts.filter((fact) => fact !== null) };
}
