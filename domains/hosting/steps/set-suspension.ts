import { changePackage, packageStep } from './package-step.ts';
import { notOk } from './server-answer.ts';
import type { StepOutcome } from './step.ts';

/**
 * Makes the sites answer, or not, as the subscription stands now. Suspending and resuming are the
 * same step: whichever is done last, the server ends as the subscription is.
 */
export const setSuspensionStep = packageStep(
  async ({ account, subscription }, { server, capabilities }): Promise<StepOutcome> => {
    if (!capabilities.suspend) {
      return { kind: 'refused', code: 'server-cannot', message: 'this server cannot suspend' };
    }
    const suspended = subscription.state === 'suspended';
    const answer = suspended
      ? await server.suspendPackage(account.id, subscription.suspendedFor ?? 'staff')
      : await server.unsuspendPackage(account.id);
    if (answer.kind !== 'ok') return notOk(answer);
    const state = suspended ? ('suspended' as const) : ('active' as const);
    return {
      kind: 'done',
      save: async (ctx) => {
        await changePackage(ctx, account.id, (before) => ({ ...before, state }));
      },
    };
  },
);
