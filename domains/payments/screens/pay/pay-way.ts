import { api, type ApiClient } from '#web/api.ts';
import { clientPaths } from '#web/paths.ts';

/** The client's balance and cards, and the ways to pay that their shop has switched on. */
export type PayMethods = Awaited<ReturnType<ApiClient['payments']['methods']>>;

/** Of the ways to pay, the one that is no payment. */
export const BALANCE = 'balance';

export type PayWay = {
  /** `balance`, a gateway's id, or a saved card's; empty until chosen. */
  way: string;
  /** The client lets the gateway keep the card. */
  save: boolean;
};

export const NO_WAY: PayWay = { way: '', save: false };

export function isTransfer({ methods }: PayMethods, { way }: PayWay): boolean {
  return methods.some(({ id, kind }) => id === way && kind === 'transfer');
}

type Started = Awaited<ReturnType<ApiClient['payments']['start']>>;
type Target = {
  invoiceId?: string;
  invoiceIds?: string[];
  amount?: { minor: number; currency: string };
  returnPath?: string;
};

/** Starts a payment by any way but the balance; the same key starts it once. */
export function startPayment(
  target: Target,
  { way, save }: PayWay,
  idempotencyKey: string,
): Promise<Started> {
  const by = way.startsWith('svm_')
    ? { savedMethodId: way }
    : { gatewayId: way, ...(save && { saveMethod: true }) };
  return api.payments.start({ ...target, ...by }, { context: { idempotencyKey } });
}

/** Where a payment goes on: on the gateway's page, or on its own. */
export function paymentHref({ id, redirectUrl }: Pick<Started, 'id' | 'redirectUrl'>): string {
  return redirectUrl ?? clientPaths.payment({ paymentId: id });
}
