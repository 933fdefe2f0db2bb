import { sellersWithin } from '#domains/sellers/index.ts';
import { refuse } from '#kit/refusal.ts';
import { localDate } from '#kit/term.ts';
import { serve } from '#platform/http/serve.ts';
import { ageing, openInvoices } from './ageing.ts';
import { reportsContract } from './contract.ts';
import {
  ageingCsv,
  entriesCsv,
  revenueCsv,
  statementCsv,
  trialBalanceCsv,
} from './export-reports.ts';
import { monthHandlers } from './month-routes.ts';
import { revenue, revenueLines } from './revenue.ts';
import { statementPdf } from './statement-pdf.ts';
import { statementOf, statementWire } from './statement.ts';
import { accountEntries, accountsOf, trialBalance } from './trial-balance.ts';

const BOOKS_MAX = 500;

export const reportsRoutes = serve(reportsContract, {
  books: async (ctx) => {
    if (ctx.actor.kind !== 'staff') refuse('not-allowed');
    const sellers = await sellersWithin(ctx, ctx.actor.sellerId, BOOKS_MAX);
    return sellers.map(({ id, name, zone }) => ({
      id,
      name,
      today: localDate(ctx.now, zone).toString(),
    }));
  },
  ledger: {
    trialBalance,
    trialBalanceCsv,
    accounts: accountsOf,
    entries: accountEntries,
    entriesCsv,
  },
  receivables: {
    ageing,
    ageingCsv,
    openInvoices,
    statement: async (ctx, query) => statementWire(await statementOf(ctx, query)),
    statementCsv,
    statementPdf: {
      outside: async (outside, query) => {
        const statement = await outside.transact((ctx) => statementOf(ctx, query));
        return statementPdf(statement, query.language);
      },
    },
  },
  revenue: { report: revenue, csv: revenueCsv, lines: revenueLines },
  months: monthHandlers,
});
