import { deliveryFacts } from '../delivery-facts.ts';
import { isThere } from '../package-account.ts';
import type { Step, StepOutcome } from './step.ts';

/**
 * Says that the package's protection has begun or ended. What its server does about files follows
 * from what is held: `protection` hears of the delivery and tells the server's engine until it has it.
 */
export const setProtectionStep: Step = {
  inside: async (ctx, { subscriptionId }): Promise<StepOutcome> => {
    const { account, subscription, held } = await deliveryFacts(ctx, subscriptionId);
    if (account?.state === 'terminated' || subscription.state === 'deleted') {
      return { kind: 'unwanted' };
    }
    if (!isThere(account)) return { kind: 'wait', waitsFor: 'package' };
    const isHeld = held.some(({ component }) => component.kind === 'protection');
    return { kind: 'done', message: isHeld ? 'protected' : 'not protected' };
  },
};
