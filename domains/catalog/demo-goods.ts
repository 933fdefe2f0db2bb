import type { Component, Plan, PlanLimits, Product } from './catalogue.ts';

/** Two products of the demo operator. */
export function demoProducts(sellerId: string): Product[] {
  const shared = {
    sellerId,
    kind: 'reseller-hosting',
    serverModule: 'embedded-node',
    retiredOn: null,
  };
  return [
    {
      ...shared,
      id: 'reseller-hosting-linux',
      os: 'linux',
      name: { ru: 'Реселлерский хостинг Linux', en: 'Reseller Hosting Linux' },
      description: {
        ru: 'Свой хостинг под своим именем: PHP, MySQL, отдельная учётная запись для каждого клиента.',
        en: 'Hosting under your own name: PHP, MySQL, a separate account for every client of yours.',
      },
      sort: 1,
    },
    {
      ...shared,
      id: 'reseller-hosting-windows',
      os: 'windows',
      name: { ru: 'Реселлерский хостинг Windows', en: 'Reseller Hosting Windows' },
      description: {
        ru: 'Сайты на ASP.NET и MS SQL рядом с PHP. В демонстрации пакет создаётся на встроенном узле.',
        en: 'ASP.NET and MS SQL beside PHP. In the demo the package is made on the embedded node.',
      },
      sort: 2,
    },
  ];
}

const SIZES: readonly { key: string; name: Plan['name']; limits: PlanLimits }[] = [
  {
    key: 'start',
    name: { ru: 'Старт', en: 'Start' },
    limits: {
      accounts: 5,
      diskMb: 20_480,
      trafficGb: 300,
      databases: 15,
      mailboxes: 100,
      memoryMb: 128,
    },
  },
  {
    key: 'grow',
    name: { ru: 'Рост', en: 'Grow' },
    limits: {
      accounts: 20,
      diskMb: 61_440,
      trafficGb: 1000,
      databases: 60,
      mailboxes: 500,
      memoryMb: 256,
    },
  },
  {
    key: 'pro',
    name: { ru: 'Про', en: 'Pro' },
    limits: {
      accounts: 60,
      diskMb: 153_600,
      trafficGb: 3000,
      databases: 200,
      mailboxes: 2000,
      memoryMb: 512,
    },
  },
];

/** Three sizes of each. Invented figures. */
export function demoPlans(): Plan[] {
  return ['linux', 'windows'].flatMap((os) =>
    SIZES.map(({ key, name, limits }, index) => ({
      id: `${os}-${key}`,
      productId: `reseller-hosting-${os}`,
      name,
      limits,
      sort: index + 1,
    })),
  );
}

/** What comes with a plan or is bought to it. */
export function demoComponents(sellerId: string): Component[] {
  return [
    {
      id: 'whmcs',
      sellerId,
      kind: 'licence',
      name: { ru: 'Лицензия WHMCS', en: 'WHMCS licence' },
      description: {
        ru: 'Учёт клиентов, счета и поддержка для вашего хостинга. Ключ выдаётся на срок пакета.',
        en: 'Clients, billing and support for your hosting. The key is issued for the package’s term.',
      },
      refundable: false,
      irrevocable: true,
      quantityMax: 1,
      provides: {},
      supplier: { id: 'whmcs-reseller', product: 'starter' },
      sort: 1,
    },
    {
      id: 'dedicated-ip',
      sellerId,
      kind: 'address',
      name: { ru: 'Выделенный IP', en: 'Dedicated IP' },
      description: {
        ru: 'Адрес, которым пользуется только ваш пакет.',
        en: 'An address that only your package uses.',
      },
      refundable: true,
      irrevocable: false,
      quantityMax: 4,
      provides: {},
      supplier: null,
      sort: 2,
    },
    {
      id: 'cpanel-block',
      sellerId,
      kind: 'capacity',
      name: { ru: 'Блок cPanel', en: 'cPanel block' },
      description: {
        ru: 'Ещё 10 учётных записей хостинга сверх тарифа.',
        en: 'Ten more hosting accounts on top of the plan.',
      },
      refundable: true,
      irrevocable: false,
      quantityMax: 10,
      provides: { accounts: 10 },
      supplier: null,
      sort: 3,
    },
    {
      id: 'website-protection',
      sellerId,
      kind: 'protection',
      name: { ru: 'Защита сайтов', en: 'Website protection' },
      description: {
        ru: 'Вредоносный код на сайтах пакета обезвреживается сразу, сам; всё можно вернуть.',
        en: 'Malicious code on the package’s sites is dealt with at once, by itself; all of it can be undone.',
      },
      refundable: true,
      irrevocable: false,
      quantityMax: 1,
      provides: {},
      supplier: null,
      sort: 4,
    },
  ];
}
