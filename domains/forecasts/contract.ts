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
import {
  EFFECTS,
  FORECAST_STATES,
  HORIZON_MONTHS_MAX,
  PAYER_KINDS,
  PAYERS,
  TELLINGS,
} from './forecast-words.ts';

const access = { who: 'staff', permission: 'reports.read' } as const;
const ById = z.object({ id: idWire('edn') });
const Months = z.object({
  months: z.int().min(1).max(HORIZON_MONTHS_MAX).default(12).describe('how far to look ahead'),
});

const ProgressWire = z.object({
  id: idWire('fct'),
  state: z.enum(FORECAST_STATES),
  months: z.int(),
  asOf: InstantWire.describe('the business moment it looks ahead from'),
  packages: z.int().describe('live packages at the start'),
  packagesDone: z.int(),
  isStale: z.boolean().describe('the catalogue has changed since'),
  seconds: z.number().describe('of the machine, so far'),
});

const Sum = z.object({ count: z.int(), net: MoneyWire, total: MoneyWire });
const MonthWire = z.string().regex(/^\d{4}-(0[1-9]|1[0-2])$/);

const ChangeWire = ProgressWire.extend({
  currencies: z.array(
    z.object({
      currency: z.string(),
      months: z.array(z.object({ month: MonthWire, before: Sum, after: Sum })),
      before: Sum,
      after: Sum,
    }),
  ),
  counts: z.array(z.object({ effect: z.enum(EFFECTS), telling: z.enum(TELLINGS), count: z.int() })),
  tellFirstBy: DateWire.nullable().describe('the first day by which somebody must be told'),
  tellLastBy: DateWire.nullable(),
});

const PackageWire = z.object({
  subscriptionId: idWire('sub'),
  domainName: z.string(),
  planId: z.string(),
  termMonths: z.int(),
  payerKind: z.enum(PAYER_KINDS),
  payerId: z.string(),
  payerName: z.string(),
  effect: z.enum(EFFECTS),
  boundaryOn: DateWire.describe('the first boundary that differs'),
  chargedOn: DateWire.describe('when that renewal is invoiced'),
  before: MoneyWire.nullable().describe('with tax; null: no renewal'),
  after: MoneyWire.nullable(),
  sumBefore: MoneyWire.describe('over all months looked at'),
  sumAfter: MoneyWire,
  telling: z.enum(TELLINGS),
  tellBy: DateWire.nullable().describe('the last day for a notice to be in time'),
  toldOn: DateWire.nullable(),
  missedOn: DateWire.nullable().describe('a boundary that keeps the old terms: told too late'),
});

const Filters = ById.extend({
  search: z.string().trim().max(100).optional().describe('part of a domain or of a payer’s name'),
  effect: z.enum(EFFECTS).optional(),
  telling: z.enum(TELLINGS).optional(),
});

const RenewalWire = z.object({
  boundaryOn: DateWire,
  chargedOn: DateWire,
  before: MoneyWire.nullable(),
  after: MoneyWire.nullable(),
});

const SimulationWire = ProgressWire.extend({
  payers: z.enum(PAYERS),
  currencies: z.array(
    z.object({
      currency: z.string(),
      months: z.array(
        z.object({
          month: MonthWire,
          invoiced: Sum,
          paid: Sum,
          refused: z.int().describe('cannot be renewed'),
          suspended: z.int(),
          deleted: z.int(),
        }),
      ),
    }),
  ),
});

const change = '/v1/admin/catalogue/editions/{id}/forecast' as const;
const missing = ['edition-not-found', 'forecast-not-found'] as const;

export const forecastsContract = {
  start: operation({
    method: 'POST',
    path: change,
    summary:
      'Look ahead at what a change of the catalogue does; nothing of the business is written',
    access,
    input: ById.extend(Months.shape),
    output: ProgressWire,
    refusals: ['edition-not-found', 'edition-withdrawn'],
    perMinute: 20,
  }),
  read: operation({
    method: 'GET',
    path: change,
    summary: 'Progress of a forecast, and what is invoiced by month with the change and without',
    access,
    input: ById,
    output: z.object({ forecast: ChangeWire.nullable().describe('null: nobody asked yet') }),
    refusals: ['edition-not-found'],
  }),
  packages: operation({
    method: 'GET',
    path: `${change}/packages`,
    summary: 'Who pays something else, from which boundary, and who must be told by when',
    access,
    input: Filters.extend(PageQuery.shape),
    output: pageWire(PackageWire),
    refusals: missing,
  }),
  packagesCsv: operation({
    method: 'GET',
    path: `${change}/packages/csv`,
    summary: 'The same as CSV',
    access,
    perMinute: 30,
    input: Filters.extend({ language: z.enum(['ru', 'en']).default('ru') }),
    output: z.file().mime('text/csv'),
    refusals: [...missing, 'forecast-too-large'],
  }),
  renewals: operation({
    method: 'GET',
    path: `${change}/packages/{subscriptionId}`,
    summary: 'Every renewal to come of one package, with the change and without',
    access,
    input: ById.extend({ subscriptionId: idWire('sub') }),
    output: z.object({ items: z.array(RenewalWire) }),
    refusals: [...missing, 'subscription-not-found'],
  }),
  simulate: operation({
    method: 'POST',
    path: '/v1/admin/simulation',
    summary: 'Let the whole base run ahead in memory; nothing of the business is written',
    access,
    input: Months.extend({ payers: z.enum(PAYERS).default('everyone') }),
    output: ProgressWire,
    perMinute: 20,
  }),
  simulation: operation({
    method: 'GET',
    path: '/v1/admin/simulation',
    summary: 'The last simulation: invoices, cash and suspensions by month',
    access,
    input: z.object({}),
    output: z.object({ simulation: SimulationWire.nullable().describe('null: nobody asked yet') }),
  }),
};

export type ChangeForecastWire = z.infer<typeof ChangeWire>;
export type ForeseenPackageWire = z.infer<typeof PackageWire>;
export type SimulationWire = z.infer<typeof SimulationWire>;
export type ProgressWire = z.infer<typeof ProgressWire>;
