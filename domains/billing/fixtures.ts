import {
  catalogueOf,
  date,
  edition,
  growPrice,
  whmcsIs,
  whmcsPrice,
} from '#domains/catalog/fixtures.ts';
import { cashCode, post } from '#domains/ledger/index.ts';
import { createSeller } from '#domains/sellers/index.ts';
import type { Seller } from '#domains/sellers/index.ts';
import { money } from '#kit/money.ts';
import type { Ctx } from '#platform/context.ts';
import type { InvoiceOrder } from './prepare-invoice.ts';
import type { Buyer } from './party.ts';
import { quotePackage } from './quote-package.ts';
import type { Quote, QuoteTax } from './quote.ts';

/** Pieces for tests of documents: sellers, a client's details and quotes of a given price. */
export const vat20: QuoteTax = { place: 'RU', rateBp: 2000, reason: null, included: true };

export const rub = (minor: bigint) => money(minor, 'RUB');

export function aSeller(ctx: Ctx, name: string, parentId: string | null = null): Promise<Seller> {
  return createSeller(ctx, {
    parentId,
    name,
    zone: 'Europe/Moscow',
    country: 'RU',
    legal: {
      name: { ru: `ООО «${name}»`, en: `${name} LLC` },
      address: { ru: 'Москва, Тверская ул., 1', en: '1 Tverskaya St, Moscow' },
      taxId: '7701234567',
      bank: {
        name: { ru: 'АО «Банк»', en: 'Bank JSC' },
        account: '40702810900000000001',
        bankCode: '044525225',
        correspondentAccount: '30101810400000000225',
      },
    },
  });
}

export function aClient(id: string): Buyer {
  const name = 'Анна Петрова';
  return {
    kind: 'client',
    id,
    language: 'ru',
    details: {
      name: { ru: name, en: name },
      address: { ru: 'Казань, ул. Баумана, 5', en: 'Казань, ул. Баумана, 5' },
      country: 'RU',
      taxId: null,
      email: 'anna@example.ru',
    },
  };
}

/** A year of the package at 1 500.00 a month with the licence at 800.00: 27 600.00 together. */
export function aQuote(on = '2023-05-01', discountBp = 0): Quote {
  const catalogue = catalogueOf(
    edition(1, '2022-01-01', {
      prices: [growPrice(1_500_00), whmcsPrice(800_00)],
      inclusions: [whmcsIs('addon')],
    }),
  );
  return quotePackage({
    list: { catalogue, sellerId: 'operator', audience: 'clients', currency: 'RUB' },
    planId: 'grow',
    termMonths: 12,
    on: date(on),
    addOns: [{ componentId: 'whmcs', quantity: 1 }],
    tax: vat20,
    discount: { code: 'SALE', off: { percentBp: discountBp }, scope: 'all' },
  });
}

export function anOrder(
  seller: Seller,
  buyer: Buyer,
  branch: number,
  over: Partial<InvoiceOrder> = {},
): InvoiceOrder {
  return {
    branch,
    cause: 'order:1',
    quote: aQuote(),
    seller,
    buyer,
    brandId: null,
    subject: null,
    about: 'anna.example',
    dueOn: date('2023-05-15'),
    subscriptionId: null,
    ...over,
  };
}

/** Puts money into an account that holds it for somebody, as a payment would. */
export async function payIn(
  ctx: Ctx,
  account: { branch: number; book: string; code: string },
  minor: bigint,
  cause: string,
): Promise<void> {
  const { branch, book, code } = account;
  const own = code.startsWith('wallet:') ? code.slice('wallet:'.length) : null;
  await post(ctx, {
    branch,
    kind: 'top-up',
    cause,
    entries: [
      { book, code: cashCode('bank'), amount: rub(minor) },
      { book, code, amount: rub(-minor) },
      ...(own
        ? [
            { book: own, code: 'wallet-at-parent', amount: rub(minor) },
            { book: own, code: 'owner-funds', amount: rub(-minor) },
          ]
        : []),
    ],
  });
}
