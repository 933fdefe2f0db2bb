import { refuse } from '#kit/refusal.ts';
import type { Ctx } from '#platform/context.ts';
import { methodChosen } from './events.ts';
import { aboutMethod, removed } from './saved-method.ts';
import type { SavedMethod } from './saved-method.ts';
import { lockMethodsOf, updateMethod } from './saved-method-store.ts';

/**
 * Takes a saved method of this client away: from now on nothing is charged to it. The newest of
 * those that are left is the default then. Refuses `saved-method-not-found`.
 */
export async function removeMethod(ctx: Ctx, clientId: string, id: string): Promise<void> {
  const methods = await lockMethodsOf(ctx, clientId);
  const method = methods.find((one) => one.id === id);
  if (!method) refuse('saved-method-not-found');
  await updateMethod(ctx, removed(method, ctx.now));
  const next = methods.findLast((one) => one.id !== id && one.state === 'usable');
  if (method.isDefault && next) await makeDefault(ctx, next);
}

/**
 * Automatic payments are taken from this method from now on. Refuses `saved-method-not-found`, and
 * `saved-method-failed` for one whose bank will never pay again.
 */
export async function chooseMethod(ctx: Ctx, clientId: string, id: string): Promise<void> {
  const methods = await lockMethodsOf(ctx, clientId);
  const method = methods.find((one) => one.id === id);
  if (!method) refuse('saved-method-not-found');
  if (method.state === 'failed') refuse('saved-method-failed');
  if (method.isDefault) return;
  const before = methods.find((one) => one.isDefault);
  if (before) await updateMethod(ctx, { ...before, isDefault: false });
  await makeDefault(ctx, method);
}

async function makeDefault(ctx: Ctx, method: SavedMethod): Promise<void> {
  await updateMethod(ctx, { ...method, isDefault: true });
  await ctx.announce(methodChosen, aboutMethod(method));
}
