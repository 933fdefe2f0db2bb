/**
 * What a client's API key may be allowed to do: the one list. A client operation names one of
 * these; what guards the account itself (password, second factor, sessions, keys) is open to a
 * signed-in person alone and has no scope.
 */
export const CLIENT_SCOPES = [
  'profile.read',
  'profile.write',
  'orders.read',
  'orders.write',
  'subscriptions.read',
  'subscriptions.write',
  'invoices.read',
  'invoices.pay',
  'payments.read',
  'payments.write',
  'balance.read',
  'licences.read',
  'licences.write',
  'hosting.read',
  'hosting.write',
  'protection.read',
  'protection.write',
  'messages.read',
  'support.read',
  'support.write',
  'webhooks.read',
  'webhooks.write',
] as const;
