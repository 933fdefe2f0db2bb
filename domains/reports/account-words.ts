const ACCOUNTS: Readonly<Record<string, string>> = {
  receivable: 'receivable',
  balance: 'balance',
  wallet: 'wallet',
  cash: 'cash',
  refunding: 'refunding',
  tax: 'tax',
  'deferred-revenue': 'deferredRevenue',
  'wallet-at-parent': 'walletAtParent',
  'cost-of-sales': 'costOfSales',
  'bad-debts': 'badDebts',
  revenue: 'revenue',
  'tax-difference': 'taxDifference',
};

const KINDS: Readonly<Record<string, string>> = {
  invoice: 'invoice',
  payment: 'payment',
  void: 'void',
  'credit-note': 'creditNote',
  'write-off': 'writeOff',
  revenue: 'revenue',
  'top-up': 'topUp',
  refund: 'refund',
  'refund-done': 'refundDone',
  'refund-failed': 'refundFailed',
};

type Text = (key: string, values?: Record<string, string>) => string;

/** A ledger account, or a group of them, in words; `text` reads the texts of `reports`. */
export function accountName(code: string, text: Text): string {
  const [kind = '', name = ''] = code.split(':');
  const key = Object.hasOwn(ACCOUNTS, kind) ? ACCOUNTS[kind] : undefined;
  return key ? text(`accounts.${key}`, { name }) : code;
}

/** What a ledger transaction was, in words. */
export function kindName(kind: string, text: Text): string {
  const key = Object.hasOwn(KINDS, kind) ? KINDS[kind] : undefined;
  return text(`kinds.${key ?? 'other'}`);
}
