import type { FailureCode } from '#domains/payments/gateway.ts';
import type { Card } from './card-form.ts';
import { failed, heldBack, succeeded } from './payment.ts';
import type { SandboxPayment, Step } from './payment.ts';

/** A card that the sandbox keeps, under a token that stands for it. */
export type KeptCard = {
  token: string;
  card: Card;
  /** How often the shop has charged it, in vain or not. */
  charges: number;
};

/** So many charges of a card that is short of money are declined before one succeeds. */
const SHORT_CHARGES = 2;

/** What becomes of a charge without the payer, in one step: nobody is there to be asked. */
export function chargeMethod(
  payment: SandboxPayment,
  { card, charges }: KeptCard,
  lateMs: number,
): Step {
  const held = { ...payment, card };
  const failure = failureOf(card, charges);
  if (failure) return failed(held, failure);
  const isLate = card.outcome === 'answers-late' || card.outcome === 'never-answers';
  return isLate ? heldBack(held, lateMs) : succeeded(held);
}

function failureOf({ outcome }: Card, charges: number): FailureCode | null {
  switch (outcome) {
    case 'asks-three-d-secure':
      return 'payer-needed';
    case 'later-lacks-funds':
      return charges < SHORT_CHARGES ? 'insufficient-funds' : null;
    case 'later-declined':
      return 'card-declined';
    case 'later-expired':
      return 'card-expired';
    case 'later-stolen':
      return 'card-stolen';
    default:
      return null;
  }
}
