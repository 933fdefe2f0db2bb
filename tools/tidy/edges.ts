/**
 * Which domain may import which domain's front door (its index.ts). The order of this table is
 * the order of the business: a domain knows only those above it, so there are no cycles; against
 * the arrows only events travel.
 */
export const EDGES: Readonly<Record<string, readonly string[]>> = {
  ledger: [],
  tax: [],
  sellers: ['ledger'],
  brands: ['sellers'],
  messages: ['brands', 'sellers'],
  identity: ['brands', 'sellers', 'messages'],
  clients: ['identity', 'brands', 'sellers', 'messages'],
  catalog: ['sellers', 'brands'],
  subscriptions: ['catalog', 'clients', 'brands', 'sellers', 'messages'],
  billing: [
    'subscriptions',
    'catalog',
    'tax',
    'ledger',
    'clients',
    'brands',
    'sellers',
    'messages',
  ],
  payments: ['billing', 'ledger', 'clients', 'brands', 'sellers', 'messages'],
  reports: ['payments', 'billing', 'subscriptions', 'ledger', 'clients', 'brands', 'sellers'],
  orders: [
    'payments',
    'billing',
    'subscriptions',
    'catalog',
    'tax',
    'ledger',
    'clients',
    'brands',
    'sellers',
    'messages',
  ],
  licences: ['subscriptions', 'clients', 'brands', 'sellers', 'messages'],
  hosting: [
    'licences',
    'orders',
    'subscriptions',
    'catalog',
    'clients',
    'identity',
    'brands',
    'sellers',
    'messages',
  ],
  operations: ['identity', 'brands', 'sellers'],
};
