import { z } from 'zod';
import { operation } from '#platform/http/operation.ts';
import {
  DateWire,
  idWire,
  InstantWire,
  MoneyWire,
  PageQuery,
  pageWire,
  textWire,
} from '#platform/http/wire.ts';
import { INVOICE_KINDS, INVOICE_STATES, LINE_KINDS } from './invoice.ts';
import { refundNotes } from './refund-note-contract.ts';

const LocalisedWire = z.object({ ru: z.string(), en: z.string() });
const DocumentId = z.union([idWire('inv'), idWire('crn')]);
const PdfLanguage = z
  .enum(['ru', 'en'])
  .optional()
  .describe('default: the language of the document');

const InvoiceWire = z.object({
  id: DocumentId,
  number: z.string().describe('INV-2023-000042'),
  kind: z.enum(INVOICE_KINDS),
  state: z.enum(INVOICE_STATES).describe('a credit note stays `issued`'),
  about: z.string().nullable().describe('the domain name of the package'),
  orderId: z.string().nullable(),
  isMerged: z.boolean().describe('one document for the renewals of several packages'),
  issuedOn: DateWire,
  issuedAt: InstantWire,
  dueOn: DateWire,
  net: MoneyWire,
  tax: MoneyWire,
  total: MoneyWire,
  paid: MoneyWire,
  due: MoneyWire.describe('what is still to be paid'),
});

const LineWire = z.object({
  no: z.int(),
  kind: z.enum(LINE_KINDS),
  itemId: z.string(),
  subscriptionId: z.string().nullable(),
  entitlementId: z.string().nullable(),
  description: LocalisedWire,
  quantity: z.int(),
  periodStart: DateWire,
  periodEnd: DateWire.describe('the first day that is not paid for'),
  lastDay: DateWire.describe('the last day that is'),
  monthly: MoneyWire.describe('one piece, one month of this term'),
  termMonths: z.int(),
  term: MoneyWire.describe('all pieces, the whole term'),
  basis: z.enum(['term-days', 'whole-months-then-days']),
  share: z
    .object({ part: z.int(), whole: z.int() })
    .describe('of the term: days paid for, of the days it has'),
  list: MoneyWire.describe('the share of the term price, before the discount'),
  discount: MoneyWire,
  amount: MoneyWire.describe('with or without tax, as `pricesIncludeTax` says'),
  taxRateBp: z.int().describe('2000 is 20 %'),
  tax: MoneyWire,
  total: MoneyWire,
  refundable: z.boolean(),
  correctsNo: z.int().nullable(),
});

const PartyWire = z.object({
  name: LocalisedWire,
  address: LocalisedWire,
  country: z.string(),
  taxId: z.string().nullable(),
  email: z.string().nullable(),
  bank: z
    .object({
      name: LocalisedWire,
      account: z.string(),
      bankCode: z.string(),
      correspondentAccount: z.string().optional(),
    })
    .optional(),
});

const RelatedWire = z.object({
  id: DocumentId,
  number: z.string(),
  total: MoneyWire,
  issuedOn: DateWire,
});

const InvoiceDetailWire = InvoiceWire.extend({
  seller: PartyWire,
  buyer: PartyWire,
  pricesIncludeTax: z.boolean(),
  taxReason: z
    .enum(['buyer-abroad', 'reverse-charge', 'exempt', 'no-rate', 'not-taxable'])
    .nullable(),
  discountCode: z.string().nullable(),
  reason: z.string().nullable().describe('of a credit note: why'),
  corrects: RelatedWire.nullable(),
  corrections: z.array(RelatedWire),
  lines: z.array(LineWire),
  payments: z.array(
    z.object({
      at: InstantWire,
      amount: MoneyWire,
      from: z.string().describe('`balance`, `wallet` or the gateway’s id'),
    }),
  ),
});

const StaffInvoiceWire = InvoiceWire.extend({
  sellerId: z.string(),
  sellerName: z.string(),
  buyerKind: z.enum(['client', 'seller']),
  buyerId: z.string(),
  buyerName: z.string(),
});

const FreeLineWire = z.object({
  description: textWire(200),
  quantity: z.int().min(1).max(10_000).default(1),
  priceMinor: z
    .int()
    .min(1)
    .max(100_000_000)
    .describe('of one piece; with tax if the prices of the brand are'),
  from: DateWire.optional().describe('the first day it is for; default: today'),
  through: DateWire.optional().describe('the last day it is for; default: the first'),
});

const invoices = {
  list: operation({
    method: 'GET',
    path: '/v1/invoices',
    summary: 'My invoices and credit notes, newest first',
    access: { who: 'client', scope: 'invoices.read' },
    input: PageQuery.extend({ state: z.enum(INVOICE_STATES).optional() }),
    output: pageWire(InvoiceWire),
  }),
  get: operation({
    method: 'GET',
    path: '/v1/invoices/{id}',
    summary: 'One invoice: its lines, how each price comes about, and what was paid',
    access: { who: 'client', scope: 'invoices.read' },
    input: z.object({ id: DocumentId }),
    output: InvoiceDetailWire.extend({
      balance: MoneyWire.describe('my money held in this currency'),
    }),
    refusals: ['invoice-not-found'],
  }),
  pdf: operation({
    method: 'GET',
    path: '/v1/invoices/{id}/pdf',
    summary: 'The document as PDF',
    access: { who: 'client', scope: 'invoices.read' },
    transaction: 'own',
    perMinute: 60,
    input: z.object({ id: DocumentId, language: PdfLanguage }),
    output: z.file().mime('application/pdf'),
    refusals: ['invoice-not-found'],
  }),
  payManyFromBalance: operation({
    method: 'POST',
    path: '/v1/invoices/pay-from-balance',
    summary: 'Pay what is due of several invoices from my balance, all or none',
    access: { who: 'client', scope: 'invoices.pay' },
    idempotency: 'required',
    input: z.object({ ids: z.array(idWire('inv')).min(1).max(50) }),
    output: z.object({ items: z.array(InvoiceWire) }),
    refusals: [
      'invoice-not-found',
      'invoice-already-paid',
      'invoice-void',
      'invoice-written-off',
      'invoice-not-payable',
      'balance-too-low',
    ],
  }),
  payFromBalance: operation({
    method: 'POST',
    path: '/v1/invoices/{id}/pay-from-balance',
    summary: 'Pay what is due from my balance',
    access: { who: 'client', scope: 'invoices.pay' },
    idempotency: 'required',
    input: z.object({ id: idWire('inv') }),
    output: InvoiceWire,
    refusals: [
      'invoice-not-found',
      'invoice-already-paid',
      'invoice-void',
      'invoice-written-off',
      'invoice-not-payable',
      'balance-too-low',
    ],
  }),
};

const adminInvoices = {
  list: operation({
    method: 'GET',
    path: '/v1/admin/invoices',
    summary: 'Invoices and credit notes of this seller and of those below it, newest first',
    access: { who: 'staff', permission: 'invoices.read' },
    input: PageQuery.extend({
      search: textWire(100)
        .optional()
        .describe('a number, a domain name, a part of the buyer’s name'),
      state: z.enum(INVOICE_STATES).optional(),
      kind: z.enum(INVOICE_KINDS).optional(),
      buyerId: z.union([idWire('cli'), idWire('sel')]).optional(),
      side: z
        .enum(['sold', 'bought'])
        .default('sold')
        .describe('`bought`: what the parent charged this seller'),
    }),
    output: pageWire(StaffInvoiceWire),
  }),
  get: operation({
    method: 'GET',
    path: '/v1/admin/invoices/{id}',
    summary: 'One invoice or credit note',
    access: { who: 'staff', permission: 'invoices.read' },
    input: z.object({ id: DocumentId }),
    output: InvoiceDetailWire.extend({
      ...StaffInvoiceWire.shape,
      cause: z.string(),
      writeOff: z.object({ at: InstantWire, amount: MoneyWire, reason: z.string() }).nullable(),
      contentHash: z.string(),
      creditable: z
        .array(z.object({ no: z.int(), unused: MoneyWire, left: MoneyWire }))
        .describe('by line: what a credit note of today would give back, and what is left at all'),
      fullRefundUntil: DateWire.nullable().describe(
        'before that day a package is refunded in full',
      ),
    }),
    refusals: ['invoice-not-found'],
  }),
  pdf: operation({
    method: 'GET',
    path: '/v1/admin/invoices/{id}/pdf',
    summary: 'The document as PDF',
    access: { who: 'staff', permission: 'invoices.read' },
    transaction: 'own',
    input: z.object({ id: DocumentId, language: PdfLanguage }),
    output: z.file().mime('application/pdf'),
    refusals: ['invoice-not-found'],
  }),
  entries: operation({
    method: 'GET',
    path: '/v1/admin/invoices/{id}/entries',
    summary: 'The ledger entries behind a document',
    access: { who: 'staff', permission: 'ledger.read' },
    input: z.object({ id: DocumentId }),
    output: z.array(
      z.object({
        txnId: z.string(),
        kind: z.string(),
        cause: z.string(),
        at: InstantWire,
        book: z.string(),
        code: z.string(),
        amount: MoneyWire.describe('above zero: debit'),
      }),
    ),
    refusals: ['invoice-not-found'],
  }),
  void: operation({
    method: 'POST',
    path: '/v1/admin/invoices/{id}/void',
    summary: 'Take an unpaid invoice back',
    access: { who: 'staff', permission: 'invoices.write' },
    idempotency: 'required',
    input: z.object({ id: idWire('inv'), reason: textWire(300) }),
    output: StaffInvoiceWire,
    refusals: [
      'invoice-not-found',
      'invoice-already-paid',
      'invoice-partly-paid',
      'invoice-not-payable',
    ],
  }),
  writeOff: operation({
    method: 'POST',
    path: '/v1/admin/invoices/{id}/write-off',
    summary: 'Give up what is due as a bad debt',
    access: { who: 'staff', permission: 'invoices.write' },
    idempotency: 'required',
    input: z.object({ id: idWire('inv'), reason: textWire(300) }),
    output: StaffInvoiceWire,
    refusals: [
      'invoice-not-found',
      'invoice-already-paid',
      'invoice-void',
      'invoice-of-order',
      'invoice-not-payable',
    ],
  }),
  issue: operation({
    method: 'POST',
    path: '/v1/admin/clients/{clientId}/invoices',
    summary: 'Issue an invoice of free lines, taxed as a sale of today',
    access: { who: 'staff', permission: 'invoices.write' },
    idempotency: 'required',
    input: z.object({
      clientId: idWire('cli'),
      lines: z.array(FreeLineWire).min(1).max(50),
      dueOn: DateWire,
      reason: textWire(300).describe('why there is this invoice; for the audit trail'),
    }),
    output: StaffInvoiceWire,
    refusals: ['client-not-found', 'period-invalid', 'due-date-invalid'],
  }),
  credit: operation({
    method: 'POST',
    path: '/v1/admin/invoices/{id}/credit',
    summary: 'Give back what is unused of paid lines, by a credit note, to the buyer’s balance',
    access: { who: 'staff', permission: 'invoices.write' },
    idempotency: 'required',
    input: z.object({
      id: idWire('inv'),
      lineNos: z.array(z.int().min(1)).min(1).max(200),
      removedOn: DateWire.optional().describe('the first day not used; default: today'),
      how: z.enum(['unused', 'full']).default('unused'),
      reason: textWire(300),
    }),
    output: StaffInvoiceWire,
    refusals: [
      'invoice-not-found',
      'invoice-not-paid',
      'line-not-found',
      'nothing-to-credit',
      'refund-period-over',
    ],
  }),
};

export const billingContract = { invoices, adminInvoices, refundNotes };
