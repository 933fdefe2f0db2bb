import { z } from 'zod';
import { operation } from '#platform/http/operation.ts';
import { DateWire, idWire, InstantWire, MoneyWire, textWire } from '#platform/http/wire.ts';
import { QUOTE_STANDINGS } from './client-quote.ts';
import { QuoteWire } from './quote-wire.ts';

const Key = z.string().min(1).max(60);

const OfferedCart = z.object({
  productId: Key,
  planId: Key,
  termMonths: z.int(),
  domainName: z.string().trim().min(1).max(300),
  addOns: z
    .array(z.object({ componentId: Key, quantity: z.int().min(1).default(1) }))
    .max(20)
    .default([]),
});

const ClientQuoteWire = z.object({
  id: idWire('quo'),
  number: z.string(),
  clientId: z.string(),
  title: z.object({ ru: z.string(), en: z.string() }),
  domainTitle: z.string().describe('the domain name as its owner writes it'),
  termMonths: z.int(),
  agreed: MoneyWire.describe('what is charged at most, as the brand’s prices are: with tax or not'),
  validUntil: DateWire.describe('the last day on which it may be accepted'),
  note: z.string().nullable(),
  standing: z.enum(QUOTE_STANDINGS),
  orderId: z.string().nullable(),
  createdAt: InstantWire,
});

const cartRefusals = [
  'plan-not-found',
  'plan-not-sold',
  'term-invalid',
  'domain-name-invalid',
  'component-not-found',
  'component-already-included',
  'component-chosen-twice',
  'component-not-sold',
  'quantity-invalid',
  'quantity-too-large',
] as const;

const staff = { who: 'staff', permission: 'orders.write' } as const;

/** Offers by staff that clients accept. */
export const clientQuoteOperations = {
  quotes: operation({
    method: 'GET',
    path: '/v1/quotes',
    summary: 'What I was offered, newest first; each open one as it would be charged now',
    access: { who: 'client', scope: 'orders.read' },
    input: z.object({}),
    output: z.object({ items: z.array(ClientQuoteWire.extend({ quote: QuoteWire.nullable() })) }),
  }),
  acceptQuote: operation({
    method: 'POST',
    path: '/v1/quotes/{id}/accept',
    summary: 'Take an offer: it becomes an order at the price that was shown',
    access: { who: 'client', scope: 'orders.write' },
    idempotency: 'required',
    input: z.object({ id: idWire('quo'), expectedTotalMinor: z.int().min(0) }),
    output: z.object({ orderId: z.string(), invoiceId: z.string().nullable() }),
    refusals: [
      ...cartRefusals,
      'quote-not-found',
      'quote-withdrawn',
      'quote-expired',
      'price-changed',
      'domain-name-missing',
      'domain-name-taken',
    ],
  }),
  quotesOfClient: operation({
    method: 'GET',
    path: '/v1/admin/clients/{clientId}/quotes',
    summary: 'What a client was offered, newest first',
    access: { who: 'staff', permission: 'orders.read' },
    input: z.object({ clientId: idWire('cli') }),
    output: z.object({ items: z.array(ClientQuoteWire) }),
    refusals: ['client-not-found'],
  }),
  makeQuote: operation({
    method: 'POST',
    path: '/v1/admin/clients/{clientId}/quotes',
    summary: 'Offer a client a package at an agreed price until a day, and write to them',
    access: staff,
    idempotency: 'required',
    input: z.object({
      clientId: idWire('cli'),
      cart: OfferedCart,
      agreedMinor: z.int().min(0).max(1_000_000_000).optional().describe('default: by the list'),
      validUntil: DateWire,
      note: textWire(500).optional(),
    }),
    output: ClientQuoteWire,
    refusals: [...cartRefusals, 'client-not-found', 'valid-until-invalid', 'domain-name-missing'],
  }),
  withdrawQuote: operation({
    method: 'POST',
    path: '/v1/admin/quotes/{id}/withdraw',
    summary: 'Take an offer back that was not accepted',
    access: staff,
    input: z.object({ id: idWire('quo') }),
    output: ClientQuoteWire,
    refusals: ['quote-not-found', 'quote-accepted'],
  }),
};

export type ClientQuoteView = z.infer<typeof ClientQuoteWire>;
