import { z } from 'zod';
import { operation } from '#platform/http/operation.ts';
import { DateWire } from '#platform/http/wire.ts';

const RateWire = z.object({
  place: z
    .string()
    .regex(/^[A-Z]{2}$/)
    .describe('ISO 3166-1 alpha-2'),
  rateBp: z.int().min(0).max(10_000).describe('2000 is 20 %'),
  effectiveFrom: DateWire,
  effectiveUntil: DateWire.nullable().describe('the first day without it'),
});

/** Rates of tax by place and date, for the whole installation. */
export const taxContract = {
  rates: operation({
    method: 'GET',
    path: '/v1/admin/tax-rates',
    summary: 'Every rate that each place has had, has and will have',
    access: { who: 'staff', permission: 'invoices.read' },
    input: z.object({}),
    output: z.object({ items: z.array(RateWire), mayChange: z.boolean() }),
  }),
  addRate: operation({
    method: 'POST',
    path: '/v1/admin/tax-rates',
    summary: 'Add a rate that holds from a day on; the operator’s staff alone',
    access: { who: 'staff', permission: 'brands.write' },
    input: RateWire.omit({ effectiveUntil: true }),
    output: RateWire,
    refusals: ['rate-date-invalid'],
  }),
};

export type TaxRateView = z.infer<typeof RateWire>;
