import { useQuery } from '@tanstack/react-query';
import { PayChoice as Choice } from '#domains/payments/screens/pay/pay-choice.tsx';
import { BALANCE, paymentHref, startPayment } from '#domains/payments/screens/pay/pay-way.ts';
import type { PayWay } from '#domains/payments/screens/pay/pay-way.ts';
import { apiQuery } from '#web/api-query.ts';
import { CardSkeleton } from '#web/ui/skeleton.tsx';

type Props = {
  due: { minor: number; currency: string };
  value: PayWay;
  onChange: (way: PayWay) => void;
};

/** How to pay what is about to be ordered. */
export function PayChoice(props: Props) {
  const methods = useQuery(apiQuery.payments.methods.queryOptions({ input: {} }));
  return methods.data ? <Choice pay={methods.data} {...props} /> : <CardSkeleton />;
}

type Placed = { invoiceId: string | null; totalMinor: number };

/**
 * Starts paying for what was just ordered, and tells where that goes on; null when there is nothing
 * left to pay. `idempotencyKey` is the order's: pressed again, it is the same payment.
 */
export async function payOrder(
  { invoiceId, totalMinor }: Placed,
  way: PayWay,
  idempotencyKey: string,
): Promise<string | null> {
  if (way.way === BALANCE || !invoiceId || totalMinor === 0) return null;
  return paymentHref(await startPayment({ invoiceId }, way, `${idempotencyKey}-payment`));
}

/** Leads on to the gateway's page, or to a page of ours. */
export function followPayment(href: string, go: (href: string) => void): void {
  if (/^https?:/.test(href)) globalThis.location.assign(href);
  else go(href);
}
