import { money } from '#kit/money.ts';
import { balanceCode, cashCode, refundingCode } from '#domains/ledger/index.ts';
import type { Posting } from '#domains/ledger/index.ts';
import type { Refund } from './refund.ts';
import { refundKey } from './refund.ts';

/**
 * What a refund moves: off the balance when it is asked for, so that nobody spends it meanwhile;
 * out of the gateway's cash when that is done; back onto the balance when it failed.
 */
export function refundPosting(refund: Refund, step: 'asked' | 'done' | 'failed'): Posting {
  const { sellerId: book, clientId, gatewayId, amountMinor, currency } = refund;
  const [balance, onItsWay, cash] = [
    balanceCode(clientId),
    refundingCode(gatewayId),
    cashCode(gatewayId),
  ];
  const [from, to] = {
    asked: [balance, onItsWay],
    done: [onItsWay, cash],
    failed: [onItsWay, balance],
  }[step] as [string, string];
  return {
    branch: refund.branch,
    kind: step === 'asked' ? 'refund' : `refund-${step}`,
    cause: `refund:${refundKey(refund)}:${step}`,
    // A refund stands with the payment it gives back.
    documentId: refund.paymentId,
    entries: [
      { book, code: from, amount: money(amountMinor, currency) },
      { book, code: to, amount: money(-amountMinor, currency) },
    ],
  };
}
