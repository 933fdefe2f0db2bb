const ACCOUNTS = {
  receivable: 'receivable',
  balance: 'balance',
  wallet: 'wallet',
  cash: 'cash',
  refunding: 'refunding',
  tax: 'tax',
  'deferred-revenue': 'deferredRevenue',
  revenue: 'revenue',
  'wallet-at-parent': 'walletAtParent',
  'cost-of-sales': 'costOfSales',
  'bad-debts': 'badDebts',
  'tax-difference': 'taxDifference',
} as const;

const KINDS = {
  invoice: 'invoice',
  payment: 'payment',
  void: 'void',
  'credit-note': 'creditNote',
  'write-off': 'writeOff',
} as const;

/** The text key of a ledger account and the name in its code: `cash:bank` is cash of `bank`. */
export function accountWords(code: string): {
  key: (typeof ACCOUNTS)[keyof typeof ACCOUNTS] | null;
  name: string;
} {
  const [kind = '', name = ''] = code.split(':');
  return { key: isKeyOf(ACCOUNTS, kind) ? ACCOUNTS[kind] : null, name };
}

/** The text key of what a ledger transaction was. */
export function kindWords(kind: string): (typeof KINDS)[keyof typeof KINDS] | 'other' {
  return isKeyOf(KINDS, kind) ? KINDS[kind] : 'other';
}

function isKeyOf<T extends object>(table: T, key: PropertyKey): key is keyof T {
  return Object.hasOwn(table, key);
}
