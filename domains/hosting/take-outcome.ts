import type { Ctx } from '#platform/context.ts';
import { changeStep, currentStep, nextAttempt } from './delivery.ts';
import type { Delivery } from './delivery.ts';
import { updateDelivery } from './delivery-store.ts';
import { deliveryDone, deliveryFailed, factOf } from './events.ts';
import { finishDeliveredOrder } from './finish-delivered-order.ts';
import { mailPackageReady } from './mail-package-ready.ts';
import type { StepOutcome } from './steps/step.ts';

const MESSAGE_CHARS_MAX = 500;

/**
 * Writes what came of a delivery's present step, with everything that follows from it. The caller
 * holds the subscription's lane; `all` are its deliveries.
 */
export async function takeOutcome(
  ctx: Ctx,
  delivery: Delivery,
  all: readonly Delivery[],
  outcome: StepOutcome,
): Promise<void> {
  await outcome.save?.(ctx);
  const message = outcome.message?.slice(0, MESSAGE_CHARS_MAX) ?? null;
  switch (outcome.kind) {
    case 'done':
      return completeStep(ctx, delivery, all, message);
    case 'wait':
      return updateDelivery(ctx, {
        ...delivery,
        ...nothingWrong,
        state: 'waiting',
        waitsFor: outcome.waitsFor,
        nextAttemptAt: null,
        steps: changeStep(delivery, { message }),
      });
    case 'again':
      return updateDelivery(ctx, {
        ...delivery,
        state: 'waiting',
        errorCode: outcome.code,
        lastError: message,
        nextAttemptAt: nextAttempt(delivery.attempts, outcome.retryAfterMs, ctx.now),
        steps: changeStep(delivery, { message }),
      });
    case 'refused':
      return failDelivery(ctx, delivery, outcome.code, message ?? '');
    case 'unwanted':
      return cancelDelivery(ctx, delivery);
  }
}

const nothingWrong = { errorCode: null, lastError: null } as const;

async function completeStep(
  ctx: Ctx,
  delivery: Delivery,
  all: readonly Delivery[],
  message: string | null,
): Promise<void> {
  const at = ctx.now.toString();
  const steps = changeStep(delivery, { state: 'done', finishedAt: at, message });
  const further = { ...delivery, ...nothingWrong, steps, attempts: 0 };
  if (currentStep(further)) return updateDelivery(ctx, { ...further, nextAttemptAt: ctx.now });
  const done: Delivery = { ...further, state: 'done', nextAttemptAt: null, finishedAt: ctx.now };
  await updateDelivery(ctx, done);
  await ctx.announce(deliveryDone, factOf(done));
  if (done.kind === 'package') {
    await wakeSleepers(ctx, all);
    await mailPackageReady(ctx, done.subscriptionId);
  }
  await finishDeliveredOrder(ctx, done);
  return undefined;
}

/** The package is there: what was waiting for it goes on. */
async function wakeSleepers(ctx: Ctx, all: readonly Delivery[]): Promise<void> {
  for (const sleeper of all) {
    if (sleeper.waitsFor !== 'package' || sleeper.state !== 'waiting') continue;
    await updateDelivery(ctx, { ...sleeper, waitsFor: null, nextAttemptAt: ctx.now });
  }
}

async function failDelivery(
  ctx: Ctx,
  delivery: Delivery,
  code: string,
  message: string,
): Promise<void> {
  const failed: Delivery = {
    ...delivery,
    state: 'failed',
    errorCode: code,
    lastError: message,
    nextAttemptAt: null,
    steps: changeStep(delivery, { state: 'failed', message }),
  };
  await updateDelivery(ctx, failed);
  const { branch, subject, payload } = factOf(failed);
  await ctx.announce(deliveryFailed, {
    branch,
    subject,
    payload: { ...payload, code, reason: message },
  });
}

/** Ends a delivery that nobody wants any more; an order may be complete without it. */
export async function cancelDelivery(ctx: Ctx, delivery: Delivery): Promise<void> {
  await updateDelivery(ctx, {
    ...delivery,
    ...nothingWrong,
    state: 'cancelled',
    waitsFor: null,
    nextAttemptAt: null,
    finishedAt: ctx.now,
  });
  await finishDeliveredOrder(ctx, delivery);
}
