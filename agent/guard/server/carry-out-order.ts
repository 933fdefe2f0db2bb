import { refusedWords, type NotDone } from '../service/refused-words.ts';
import type { RunningGuard } from '../service/start-guard.ts';
import type { ServerOrder } from './call-wire.ts';

export interface OrderResult {
  orderId: string;
  value?: unknown;
  refusal?: { code: string; message: string };
}

/** Does what the centre asks for. Done twice, each comes to the same. */
export async function carryOutOrder(
  guard: Pick<RunningGuard, 'call'>,
  order: ServerOrder,
): Promise<OrderResult> {
  const { orderId } = order;
  if (order.kind === 'scan') {
    const { accountRef, key } = order;
    const scan = await guard.call('scan', { accountRef, key });
    if (scan) return { orderId, value: { scanId: scan.scanId } };
    const message = 'There is no such account on this server.';
    return { orderId, refusal: { code: 'account-not-found', message } };
  }
  const { findingRef } = order;
  if (order.kind === 'bytes') {
    const { offset, limit } = order;
    const shown = await guard.call('bytes', { findingId: findingRef, offset, limit });
    return shown.kind === 'done' ? { orderId, value: shown.value } : refused(orderId, shown);
  }
  const decided = await guard.call(order.kind, findingRef);
  if (decided.kind !== 'done') return refused(orderId, decided);
  return { orderId, value: { state: decided.finding?.state } };
}

function refused(orderId: string, decided: NotDone): OrderResult {
  return { orderId, refusal: refusedWords(decided) };
}
