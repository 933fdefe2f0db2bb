import { randomUUID } from 'node:crypto';
import { eachDue } from '#platform/agenda.ts';
import type { AgendaItem } from '#platform/agenda.ts';
import type { Ctx, Outside } from '#platform/context.ts';
import { changeStep, currentStep, isOpen } from './delivery.ts';
import type { Delivery } from './delivery.ts';
import { STEPS } from './delivery-steps.ts';
import { deliveriesOf, dueLanes, firstDeliveryAt, updateDelivery } from './delivery-store.ts';
import { lockLane, setLane } from './lane-store.ts';
import { takeOutcome } from './take-outcome.ts';
import type { StepOutcome } from './steps/step.ts';

/** Longer than any one step takes: until then nobody else works in the lane. */
const LEASE_S = 180;
/** What is due at servers: retries, and what a dead process left behind. */
export const advanceDueDeliveries: AgendaItem = {
  name: 'hosting.advance-deliveries',
  nextDueAt: firstDeliveryAt,
  runDue: eachDue(dueLanes, advanceDeliveries),
};

/**
 * Does all that is due for one subscription, a step at a time. Only one worker does so at once: it
 * holds the subscription's lane, and if it dies the lane is free again when its lease ends.
 */
export async function advanceDeliveries(outside: Outside, subscriptionId: string): Promise<void> {
  const holder = randomUUID();
  for (;;) {
    const delivery = await outside.transact((ctx) => takeNext(ctx, subscriptionId, holder));
    if (!delivery) return;
    const decide = await runOutside(outside, delivery);
    const isOurs = await outside.transact((ctx) => keepOutcome(ctx, delivery, holder, decide));
    if (!isOurs) return;
  }
}

/** Takes the lane and the first delivery that is due; leaves the lane when there is none. */
export async function takeNext(
  ctx: Ctx,
  subscriptionId: string,
  holder: string,
): Promise<Delivery | null> {
  const lane = await lockLane(ctx, subscriptionId);
  const isHeld = lane.heldUntil !== null && Temporal.Instant.compare(lane.heldUntil, ctx.now) > 0;
  if (isHeld && lane.holder !== holder) return null;
  const next = (await deliveriesOf(ctx, subscriptionId)).find((one) => isDue(one, ctx.now));
  if (!next) {
    await setLane(ctx, subscriptionId, null, null);
    return null;
  }
  const until = ctx.now.add({ seconds: LEASE_S });
  const startedAt = currentStep(next)?.startedAt ?? ctx.now.toString();
  const running: Delivery = {
    ...next,
    state: 'running',
    steps: changeStep(next, { state: 'running', startedAt }),
    attempts: next.attempts + 1,
    startedAt: next.startedAt ?? ctx.now,
    nextAttemptAt: until,
  };
  await updateDelivery(ctx, running);
  await setLane(ctx, subscriptionId, holder, until);
  return running;
}

function isDue(delivery: Delivery, now: Temporal.Instant): boolean {
  if (!isOpen(delivery) || delivery.waitsFor !== null) return false;
  const { nextAttemptAt } = delivery;
  return nextAttemptAt !== null && Temporal.Instant.compare(nextAttemptAt, now) <= 0;
}

type Decide = (ctx: Ctx) => Promise<StepOutcome>;

/** The part of a step that speaks to the world; what is left decides in a transaction. */
async function runOutside(outside: Outside, delivery: Delivery): Promise<Decide> {
  const current = currentStep(delivery);
  if (!current) return () => Promise.resolve({ kind: 'done' });
  const step = STEPS[current.name];
  if ('inside' in step) return (ctx) => step.inside(ctx, delivery);
  try {
    const outcome = await step.outside(outside, delivery);
    return () => Promise.resolve(outcome);
  } catch (error) {
    outside.log.error({ error, delivery: delivery.id, step: current.name }, 'a step failed');
    const message = `${current.name} failed unexpectedly; see the log under ${outside.requestId}`;
    return () =>
      Promise.resolve({ kind: 'again', code: 'unexpected', message, retryAfterMs: 60_000 });
  }
}

/** Keeps what came of a step, unless the lane went to another meanwhile. */
async function keepOutcome(
  ctx: Ctx,
  { id, subscriptionId }: Delivery,
  holder: string,
  decide: Decide,
): Promise<boolean> {
  const lane = await lockLane(ctx, subscriptionId);
  if (lane.holder !== holder) return false;
  const all = await deliveriesOf(ctx, subscriptionId);
  const delivery = all.find((one) => one.id === id);
  if (!delivery) throw new Error(`delivery ${id} is gone`);
  await takeOutcome(ctx, delivery, all, await decide(ctx));
  return true;
}
