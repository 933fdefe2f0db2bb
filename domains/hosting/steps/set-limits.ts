import { packageLimits } from '../package-limits.ts';
import { changePackage, packageStep } from './package-step.ts';
import { notOk } from './server-answer.ts';

/**
 * Sets the limits to what the plan and the held blocks give now. Coming and going are the same
 * step, so their order does not matter.
 */
export const setLimitsStep = packageStep(async ({ account, plan, held }, { server }) => {
  const limits = packageLimits(plan.limits, held);
  const answer = await server.changeLimits(account.id, limits);
  if (answer.kind !== 'ok') return notOk(answer);
  return {
    kind: 'done',
    message: `${limits.accounts ?? '∞'} accounts, ${limits.diskMb ?? '∞'} MB`,
    save: async (ctx) => {
      await changePackage(ctx, account.id, (before) => ({ ...before, limits }));
    },
  };
});
