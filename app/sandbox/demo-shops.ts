import { createBrand } from '#domains/brands/index.ts';
import type { Brand } from '#domains/brands/index.ts';
import { seedDemoCatalogue } from '#domains/catalog/index.ts';
import { seedDemoPeople } from '#domains/identity/index.ts';
import { createSeller, setWalletLimit, topUpWallet } from '#domains/sellers/index.ts';
import type { Seller } from '#domains/sellers/index.ts';
import { money } from '#kit/money.ts';
import type { Ctx } from '#platform/context.ts';

export type DemoShops = {
  operator: Seller;
  operatorBrand: Brand;
  reseller: Seller;
  resellerBrand: Brand;
};

/** Roubles the demo reseller has paid in beforehand. */
const WALLET_RUBLES = 60_000n;

/** The operator and its shop, one reseller with a shop of its own, their staff and catalogue. */
export async function seedDemoShops(ctx: Ctx): Promise<DemoShops> {
  const operator = await createSeller(ctx, {
    parentId: null,
    name: 'Стойка Хостинг',
    zone: 'Europe/Moscow',
    country: 'RU',
    legal: {
      name: { ru: 'ООО «Стойка Хостинг»', en: 'Stoika Hosting LLC' },
      address: { ru: '101000, Москва, ул. Примерная, 1', en: '1 Primernaya St, Moscow 101000' },
      taxId: '7701000018',
      bank: {
        name: { ru: 'АО «Учебный банк»', en: 'Training Bank JSC' },
        account: '40702810000000000001',
        bankCode: '044525000',
        correspondentAccount: '30101810400000000000',
      },
    },
  });
  const reseller = await createSeller(ctx, {
    parentId: operator.id,
    name: 'Northbyte',
    zone: 'Europe/Moscow',
    country: 'RU',
    legal: {
      name: { ru: 'ООО «Нортбайт»', en: 'Northbyte LLC' },
      address: {
        ru: '190000, Санкт-Петербург, ул. Примерная, 2',
        en: '2 Primernaya St, St Petersburg 190000',
      },
      taxId: '7801000019',
    },
  });
  const operatorBrand = await createBrand(ctx, {
    sellerId: operator.id,
    name: 'Стойка',
    hosts: ['localhost', '127.0.0.1'],
    languages: ['ru', 'en'],
    defaultLanguage: 'ru',
    currency: 'RUB',
    accent: '#2f4bd8',
    pricesIncludeTax: true,
    supportEmail: 'help@stoika.test',
  });
  const resellerBrand = await createBrand(ctx, {
    sellerId: reseller.id,
    name: 'Northbyte',
    hosts: ['northbyte.localhost'],
    languages: ['en', 'ru'],
    defaultLanguage: 'en',
    currency: 'RUB',
    accent: '#0f766e',
    pricesIncludeTax: true,
    supportEmail: 'help@northbyte.test',
  });
  await seedDemoPeople(ctx, { brandId: operatorBrand.id, domain: 'stoika.test' });
  await seedDemoPeople(ctx, {
    brandId: resellerBrand.id,
    domain: 'northbyte.test',
    roles: ['owner'],
  });
  await seedDemoCatalogue(ctx, { operatorId: operator.id, resellerId: reseller.id });
  await setWalletLimit(ctx, reseller.id, money(0n, 'RUB'));
  await topUpWallet(ctx, {
    seller: reseller,
    amount: money(WALLET_RUBLES * 100n, 'RUB'),
    cause: 'demo:first-top-up',
    from: 'cash:bank-transfer',
  });
  return { operator, operatorBrand, reseller, resellerBrand };
}
