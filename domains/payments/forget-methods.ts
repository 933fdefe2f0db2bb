import { eachDue } from '#platform/agenda.ts';
import type { AgendaItem } from '#platform/agenda.ts';
import type { Ctx, Outside } from '#platform/context.ts';
import { connectGateway } from './connect-gateway.ts';
import { nextCheckAfter } from './payment.ts';
import type { SavedMethod } from './saved-method.ts';
import {
  eraseToken,
  firstForgetAt,
  methodsToForget,
  tokenOf,
  updateMethod,
} from './saved-method-store.ts';

/** Tells gateways to forget what clients have removed, until they confirm it. Pauses grow. */
export const forgetMethods: AgendaItem = {
  name: 'payments.forget-methods',
  nextDueAt: firstForgetAt,
  runDue: eachDue(methodsToForget, forgetMethod),
};

async function forgetMethod(outside: Outside, method: SavedMethod): Promise<void> {
  const { token, connection } = await outside.transact((ctx) => takeUp(ctx, method));
  if (token === null || !connection?.savedMethods) return;
  const answer = await connection.savedMethods.forget(token);
  if (answer.kind === 'forgotten') return outside.transact((ctx) => eraseToken(ctx, method));
  outside.log.warn({ method: method.id, answer }, 'a gateway does not forget a saved method');
}

/** The next try is set first: a process that dies while it asks must not ask in a loop. */
async function takeUp(ctx: Ctx, method: SavedMethod) {
  const forgets = method.forgets + 1;
  await updateMethod(ctx, { ...method, forgets, forgetAt: nextCheckAfter(forgets - 1, ctx.now) });
  return {
    token: await tokenOf(ctx, method.id),
    connection: await connectGateway(ctx, method.brandId, method.gatewayId),
  };
}
