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
import { KeyWire, TermWire } from './catalog-wire.ts';

const read = { who: 'staff', permission: 'catalog.read' } as const;
const write = { who: 'staff', permission: 'catalog.write' } as const;

const PromoId = idWire('prm');
const ById = z.object({ id: PromoId });

const NewPromoWire = z.object({
  code: z
    .string()
    .trim()
    .toUpperCase()
    .regex(/^[A-Z0-9][A-Z0-9_-]{1,39}$/, 'letters A–Z, figures, hyphens'),
  gives: z.discriminatedUnion('kind', [
    z.object({ kind: z.literal('percent'), basisPoints: z.int().min(1).max(10_000) }),
    z.object({ kind: z.literal('amount'), amount: MoneyWire }),
  ]),
  productIds: z.array(KeyWire).max(100).default([]).describe('empty: all'),
  planIds: z.array(KeyWire).max(200).default([]).describe('empty: all'),
  terms: z.array(TermWire).max(6).default([]).describe('empty: all'),
  validFrom: DateWire,
  validUntil: DateWire.nullable().default(null).describe('the last day on which it counts'),
  usesMax: z.int().min(1).max(1_000_000).nullable().default(null),
  oncePerClient: z.boolean().default(true),
});

const PromoWire = NewPromoWire.extend({
  id: PromoId,
  uses: z.int(),
  phase: z.enum(['to-come', 'running', 'used-up', 'over']),
  endedAt: InstantWire.nullable(),
});

export const promoContract = {
  list: operation({
    method: 'GET',
    path: '/v1/admin/promos',
    summary: 'Promo codes, newest first',
    access: read,
    input: PageQuery,
    output: pageWire(PromoWire),
  }),
  create: operation({
    method: 'POST',
    path: '/v1/admin/promos',
    summary: 'Make a promo code',
    access: write,
    input: NewPromoWire,
    output: ById,
    refusals: [
      'promo-code-taken',
      'promo-amount-invalid',
      'promo-dates-invalid',
      'currency-unknown',
      'product-not-found',
      'plan-not-found',
    ],
  }),
  end: operation({
    method: 'POST',
    path: '/v1/admin/promos/{id}/end',
    summary: 'Stop a promo code; orders placed with it keep it',
    access: write,
    input: ById,
    output: ById,
    refusals: ['promo-not-found'],
  }),
};
