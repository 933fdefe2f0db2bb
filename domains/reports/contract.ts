import { z } from 'zod';
import { operation } from '#platform/http/operation.ts';
import {
  DateWire,
  idWire,
  InstantWire,
  MoneyWire,
  PageQuery,
  pageWire,
} from '#platform/http/wire.ts';

const access = { who: 'staff', permission: 'reports.read' } as const;
const Localised = z.object({ ru: z.string(), en: z.string() });
const Code = z.string().max(120).describe('of a ledger account: `cash:card`, `receivable:cli_…`');
const CurrencyWire = z.string().regex(/^[A-Z]{3}$/);
const Language = z.object({ language: z.enum(['ru', 'en']).default('ru') });
const Csv = z.file().mime('text/csv');

const Book = z.object({
  sellerId: idWire('sel').optional().describe('whose books; default: the own'),
});
const Range = Book.extend({
  from: DateWire.describe('the first local day'),
  through: DateWire.describe('the last local day; it belongs to the range'),
});
const AsOf = Book.extend({
  on: DateWire.optional().describe('end of that local day; default: today'),
});
const MonthWire = z.string().regex(/^\d{4}-(0[1-9]|1[0-2])$/);
const MonthRange = Book.extend({ from: MonthWire, through: MonthWire });

const Turnover = z.object({
  code: z.string(),
  name: z.string().nullable().describe('of the client or reseller the account belongs to'),
  opening: MoneyWire.describe('above zero: debit'),
  debit: MoneyWire,
  credit: MoneyWire,
  closing: MoneyWire,
});

const Entry = z.object({
  id: z.string(),
  at: InstantWire,
  kind: z.string(),
  cause: z.string(),
  documentId: z.string().nullable(),
  documentNumber: z.string().nullable(),
  amount: MoneyWire.describe('above zero: debit'),
});

const Ages = z.object({
  total: MoneyWire,
  notDue: MoneyWire,
  to30: MoneyWire.describe('0–30 days over the due date'),
  to60: MoneyWire,
  to90: MoneyWire,
  over90: MoneyWire,
});

const StatementWire = z.object({
  clientId: z.string(),
  clientName: z.string(),
  sellerId: z.string(),
  from: DateWire,
  through: DateWire,
  opening: MoneyWire.describe('above zero: owed by the client; below: held for the client'),
  items: z.array(Entry.omit({ cause: true })),
  charged: MoneyWire,
  received: MoneyWire,
  closing: MoneyWire,
});

const Month = z.object({ month: MonthWire, minor: z.int() });
const Roll = z.object({
  month: MonthWire,
  opening: MoneyWire,
  invoiced: MoneyWire,
  credited: MoneyWire.describe('by credit notes and by voiding'),
  recognised: MoneyWire,
  closing: MoneyWire,
});

const RevenueWire = z.object({
  months: z.array(MonthWire),
  currencies: z.array(
    z.object({
      currency: CurrencyWire,
      products: z.array(
        z.object({
          itemId: z.string(),
          name: Localised,
          months: z.array(Month),
          total: MoneyWire,
        }),
      ),
      rolls: z.array(Roll),
      ledger: z.object({
        account: MoneyWire.describe(
          'the deferred-revenue account without posted months: all that was ever invoiced',
        ),
        documents: MoneyWire.describe('the same by documents'),
        difference: MoneyWire.describe('account less documents: zero'),
        recognised: MoneyWire.describe('recognised to the end'),
        posted: MoneyWire.describe('of that posted to the ledger, by closed months'),
        deferred: MoneyWire.describe('still to be earned at the end'),
      }),
    }),
  ),
});

const ClosedMonthWire = z.object({
  month: MonthWire,
  closedAt: InstantWire,
  byItself: z.boolean().describe('false: somebody closed it by hand'),
  totals: z.array(
    z.object({
      revenue: MoneyWire,
      taxDifference: MoneyWire.describe(
        'tax owed beyond what was charged: its rate changed before the service was rendered',
      ),
    }),
  ),
});

const ClosedMonths = z.object({
  items: z.array(ClosedMonthWire),
  next: MonthWire.nullable().describe('the month that may be closed now'),
  closing: z
    .object({
      afterDays: z.int().describe('local days after a month’s end'),
      nextOn: DateWire.describe('the day of the next close'),
    })
    .nullable()
    .describe('null: months are closed by hand alone'),
});

const refusals = ['seller-not-found', 'range-invalid'] as const;
const csvRefusals = [...refusals, 'report-too-large'] as const;
const read = { method: 'GET', access, refusals } as const;
const csv = { method: 'GET', access, output: Csv, refusals: csvRefusals, perMinute: 30 } as const;

const ledger = {
  trialBalance: operation({
    ...read,
    path: '/v1/admin/reports/trial-balance',
    summary: 'What moved in a book and where it stands, by groups of accounts',
    input: Range,
    output: z.object({
      sellerId: z.string(),
      rows: z.array(Turnover),
      totals: z.array(Turnover.omit({ code: true, name: true })),
    }),
  }),
  trialBalanceCsv: operation({
    ...csv,
    path: '/v1/admin/reports/trial-balance/csv',
    summary: 'The trial balance as CSV',
    input: Range.extend(Language.shape),
  }),
  accounts: operation({
    ...read,
    path: '/v1/admin/reports/accounts',
    summary: 'The accounts of one group, by code',
    input: Range.extend({ ...PageQuery.shape, group: Code }),
    output: pageWire(Turnover),
  }),
  entries: operation({
    ...read,
    path: '/v1/admin/reports/entries',
    summary: 'What moved on an account, newest first, each entry with its document',
    input: Range.extend({ ...PageQuery.shape, code: Code, currency: CurrencyWire }),
    output: pageWire(Entry),
  }),
  entriesCsv: operation({
    ...csv,
    path: '/v1/admin/reports/entries/csv',
    summary: 'The entries of an account as CSV',
    input: Range.extend({ ...Language.shape, code: Code, currency: CurrencyWire }),
  }),
};

const receivables = {
  ageing: operation({
    ...read,
    path: '/v1/admin/reports/ageing',
    summary: 'Who owes how much for how long, the greatest debt first',
    input: AsOf.extend(PageQuery.shape),
    output: pageWire(
      Ages.extend({
        buyerKind: z.enum(['client', 'seller']),
        buyerId: z.string(),
        buyerName: Localised,
      }),
    ).extend({ on: DateWire, totals: z.array(Ages) }),
  }),
  ageingCsv: operation({
    ...csv,
    path: '/v1/admin/reports/ageing/csv',
    summary: 'The ageing of receivables as CSV',
    input: AsOf.extend(Language.shape),
  }),
  openInvoices: operation({
    ...read,
    path: '/v1/admin/reports/open-invoices',
    summary: 'The invoices behind one buyer’s debt',
    input: AsOf.extend({ buyerId: z.union([idWire('cli'), idWire('sel')]) }),
    output: z.object({
      items: z.array(
        z.object({
          id: z.string(),
          number: z.string(),
          issuedOn: DateWire,
          dueOn: DateWire,
          daysOver: z.int().describe('below zero: not due yet'),
          total: MoneyWire,
          open: MoneyWire,
        }),
      ),
    }),
  }),
  statement: operation({
    ...read,
    path: '/v1/admin/reports/statement',
    summary: 'A client’s statement of account',
    input: Range.omit({ sellerId: true }).extend({ clientId: idWire('cli') }),
    output: StatementWire,
    refusals: ['client-not-found', 'range-invalid', 'report-too-large'],
  }),
  statementCsv: operation({
    ...csv,
    path: '/v1/admin/reports/statement/csv',
    summary: 'A client’s statement of account as CSV',
    input: Range.omit({ sellerId: true }).extend({ ...Language.shape, clientId: idWire('cli') }),
    refusals: ['client-not-found', 'range-invalid', 'report-too-large'],
  }),
  statementPdf: operation({
    method: 'GET',
    path: '/v1/admin/reports/statement/pdf',
    summary: 'A client’s statement of account as PDF',
    access,
    transaction: 'own',
    perMinute: 30,
    input: Range.omit({ sellerId: true }).extend({ ...Language.shape, clientId: idWire('cli') }),
    output: z.file().mime('application/pdf'),
    refusals: ['client-not-found', 'range-invalid', 'report-too-large'],
  }),
};

const revenue = {
  report: operation({
    ...read,
    path: '/v1/admin/reports/revenue',
    summary: 'Revenue recognised by month and product, and deferred revenue rolled forward',
    input: MonthRange,
    output: RevenueWire,
    perMinute: 60,
  }),
  csv: operation({
    ...csv,
    path: '/v1/admin/reports/revenue/csv',
    summary: 'Revenue by month and product as CSV',
    input: MonthRange.extend(Language.shape),
  }),
  lines: operation({
    ...read,
    path: '/v1/admin/reports/revenue/lines',
    summary: 'The invoice lines behind a figure of recognised revenue',
    input: MonthRange.extend({
      ...PageQuery.shape,
      itemId: z.string().max(100),
      currency: CurrencyWire,
    }),
    output: pageWire(
      z.object({
        invoiceId: z.string(),
        number: z.string(),
        no: z.int(),
        buyerName: Localised,
        description: Localised,
        periodStart: DateWire,
        lastDay: DateWire.describe('of the period the line pays for'),
        net: MoneyWire,
        recognised: MoneyWire,
      }),
    ),
  }),
};

const months = {
  list: operation({
    ...read,
    path: '/v1/admin/reports/months',
    summary: 'The months of a book whose revenue is posted, newest first',
    input: Book,
    output: ClosedMonths,
  }),
  close: operation({
    method: 'POST',
    path: '/v1/admin/reports/months/{month}/close',
    summary: 'Post what was earned up to the end of a month: deferred revenue becomes revenue',
    access: { who: 'staff', permission: 'invoices.write' },
    input: Book.extend({ month: MonthWire }),
    output: ClosedMonths,
    refusals: ['seller-not-found', 'month-not-over', 'month-closed-already'],
    perMinute: 10,
  }),
  setClosing: operation({
    method: 'PUT',
    path: '/v1/admin/reports/month-closing',
    summary: 'Let a book close its months by itself some days after their end, or by hand alone',
    access: { who: 'staff', permission: 'invoices.write' },
    input: Book.extend({ afterDays: z.int().min(0).max(60).nullable() }),
    output: ClosedMonths,
    refusals: ['seller-not-found'],
    perMinute: 10,
  }),
  csv: operation({
    ...csv,
    path: '/v1/admin/reports/months/{month}/csv',
    summary: 'A month for the accountant: turnovers, tax by rate, revenue, as CSV',
    input: Book.extend({ ...Language.shape, month: MonthWire }),
  }),
  pdf: operation({
    method: 'GET',
    path: '/v1/admin/reports/months/{month}/pdf',
    summary: 'A month for the accountant as PDF',
    access,
    transaction: 'own',
    perMinute: 30,
    input: Book.extend({ ...Language.shape, month: MonthWire }),
    output: z.file().mime('application/pdf'),
    refusals: csvRefusals,
  }),
};

const books = operation({
  method: 'GET',
  path: '/v1/admin/reports/books',
  summary: 'The sellers whose books may be looked at',
  access,
  input: z.object({}),
  output: z.array(
    z.object({ id: z.string(), name: z.string(), today: DateWire.describe('in its zone') }),
  ),
});

export const reportsContract = { books, ledger, receivables, revenue, months };

export type TurnoverWire = z.infer<typeof Turnover>;
export type ReportEntryWire = z.infer<typeof Entry>;
export type StatementWire = z.infer<typeof StatementWire>;
export type RevenueWire = z.infer<typeof RevenueWire>;
