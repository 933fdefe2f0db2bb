import type { Ctx } from '#platform/context.ts';
import { methodChosen } from './events.ts';
import type { KeptMethod } from './gateway.ts';
import type { Payment } from './payment.ts';
import { aboutMethod, removed } from './saved-method.ts';
import type { SavedMethod } from './saved-method.ts';
import { insertMethod, lockMethodsOf, tokenOf, updateMethod } from './saved-method-store.ts';

/**
 * Keeps the method of a payment at which its payer agreed to that, in the transaction that takes
 * the money in. The same card saved again takes the place of the earlier, whose token is given
 * back. It is the default where no other can be charged.
 */
export async function keepMethod(ctx: Ctx, payment: Payment, kept: KeptMethod): Promise<void> {
  if (!payment.saveMethod) return;
  const others = await lockMethodsOf(ctx, payment.clientId);
  const same = others.filter((other) => isSameCard(other, payment, kept));
  for (const one of same) {
    // Some vendors give one card one token for ever: forgetting it would take away the new as well.
    if ((await tokenOf(ctx, one.id)) === kept.token && one.state === 'usable') return;
    await updateMethod(ctx, removed(one, ctx.now));
  }
  const standing = others.filter((other) => !same.includes(other));
  const isDefault = !standing.some((other) => other.isDefault && other.state === 'usable');
  const before = standing.find((other) => other.isDefault);
  if (isDefault && before) await updateMethod(ctx, { ...before, isDefault: false });
  const method = newMethod(ctx, payment, kept, isDefault);
  await insertMethod(ctx, method, kept.token);
  if (isDefault) await ctx.announce(methodChosen, aboutMethod(method));
}

function isSameCard(
  { gatewayId, cardBrand, last4, expires }: SavedMethod,
  payment: Payment,
  kept: KeptMethod,
): boolean {
  return (
    gatewayId === payment.gatewayId &&
    cardBrand === kept.brand &&
    last4 === kept.last4 &&
    expires.year === kept.expires.year &&
    expires.month === kept.expires.month
  );
}

function newMethod(
  ctx: Ctx,
  { branch, brandId, clientId, gatewayId, id: paymentId }: Payment,
  { brand: cardBrand, last4, expires }: KeptMethod,
  isDefault: boolean,
): SavedMethod {
  return {
    id: ctx.newId('svm', branch),
    branch,
    brandId,
    clientId,
    gatewayId,
    paymentId,
    cardBrand,
    last4,
    expires,
    state: 'usable',
    failureCode: null,
    isDefault,
    savedAt: ctx.now,
    removedAt: null,
    forgetAt: null,
    forgets: 0,
  };
}
