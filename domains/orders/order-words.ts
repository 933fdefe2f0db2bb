export const ORDER_KINDS = ['package', 'addon', 'renewal', 'plan'] as const;
export type OrderKind = (typeof ORDER_KINDS)[number];

export const ORDER_STATES = [
  'awaiting-payment',
  'locked',
  'delivering',
  'done',
  'cancelled',
] as const;
export type OrderState = (typeof ORDER_STATES)[number];

export const ORDER_ORIGINS = ['client', 'auto', 'staff'] as const;
export type OrderOrigin = (typeof ORDER_ORIGINS)[number];

/** Why an order came to nothing. */
export const CANCEL_CAUSES = [
  'client',
  'staff',
  'expired',
  'replaced',
  'not-sold',
  'subscription-ended',
] as const;
export type CancelCause = (typeof CANCEL_CAUSES)[number];
