import type { Catalogue } from './catalogue.ts';
import type { Edition, Inclusion, PriceRow } from './edition.ts';

/** Pieces of a small shop for tests of pricing: one plan `grow`, one component `whmcs`. */
export function date(text: string): Temporal.PlainDate {
  return Temporal.PlainDate.from(text);
}

export function catalogueOf(...editions: Edition[]): Catalogue {
  return {
    products: [
      {
        id: 'linux',
        sellerId: 'operator',
        kind: 'reseller-hosting',
        os: 'linux',
        name: { ru: 'Linux', en: 'Linux' },
        description: { ru: '', en: '' },
        serverModule: 'embedded-node',
        sort: 1,
        retiredOn: null,
      },
    ],
    plans: [
      {
        id: 'grow',
        productId: 'linux',
        name: { ru: 'Рост', en: 'Grow' },
        limits: {
          accounts: 10,
          diskMb: 10_000,
          trafficGb: 100,
          databases: 10,
          mailboxes: 10,
          memoryMb: 128,
        },
        sort: 1,
      },
    ],
    components: [
      {
        id: 'whmcs',
        sellerId: 'operator',
        kind: 'licence',
        name: { ru: 'WHMCS', en: 'WHMCS' },
        description: { ru: '', en: '' },
        refundable: false,
        irrevocable: true,
        quantityMax: 1,
        provides: {},
        supplier: { id: 'whmcs-reseller', product: 'starter' },
        sort: 1,
      },
    ],
    editions,
  };
}

/** A published edition of the operator; without `existingOn` it never reaches existing ones. */
export function edition(
  no: number,
  effectiveOn: string,
  over: Partial<Omit<Edition, 'existingOn'>> & { existingOn?: string } = {},
): Edition {
  const { existingOn, ...rest } = over;
  return {
    id: `edition-${no}`,
    sellerId: 'operator',
    no,
    title: `Edition ${no}`,
    effectiveOn: date(effectiveOn),
    existingOn: existingOn ? date(existingOn) : null,
    noticeDays: 30,
    state: 'published',
    prices: [],
    inclusions: [],
    ...rest,
  };
}

/** `growPrice(70_000)`: 700.00 RUB a month for every term, to clients. */
export function growPrice(monthlyMinor: number, over: Partial<PriceRow> = {}): PriceRow {
  return {
    audience: 'clients',
    item: { kind: 'plan', id: 'grow' },
    currency: 'RUB',
    action: 'add',
    termMonths: 1,
    monthlyMinor: BigInt(monthlyMinor),
    ...over,
  };
}

export function whmcsPrice(monthlyMinor: number, over: Partial<PriceRow> = {}): PriceRow {
  return growPrice(monthlyMinor, { item: { kind: 'component', id: 'whmcs' }, ...over });
}

export function whmcsIs(mode: Inclusion['mode']): Inclusion {
  return { planId: 'grow', componentId: 'whmcs', mode };
}
