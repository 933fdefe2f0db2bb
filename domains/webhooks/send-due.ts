import { eachDue } from '#platform/agenda.ts';
import type { AgendaItem } from '#platform/agenda.ts';
import type { Ctx, Outside } from '#platform/context.ts';
import { afterTry, isTaken } from './delivery.ts';
import type { Try, WebhookDelivery } from './delivery.ts';
import {
  earliestDue,
  endpointsDue,
  firstDueOf,
  giveUpQueued,
  postponeDue,
  selectDelivery,
  updateDelivery,
} from './delivery-store.ts';
import { secretsOf, switchOffCause } from './endpoint.ts';
import type { Endpoint } from './endpoint.ts';
import { freeEndpoint, lockEndpoint, takeEndpoint, updateEndpoint } from './endpoint-store.ts';
import { sendDueJob } from './jobs.ts';
import { mailOwner } from './mail-owner.ts';
import { postToStranger } from './post-to-stranger.ts';
import { signedHeaders } from './sign-delivery.ts';
import { STRICT_DOOR, webhookDoorKind } from './webhook-door.ts';

/** One job's time; what is left is the next one's. */
const TURN_MS = 60_000;
/** Nobody answers there: it is left alone for so long. */
const REST_S = 60;

/** Tries whose time has come; the first one is made at once, by a job beside the delivery. */
export const retryDeliveries: AgendaItem = {
  name: 'webhooks.retry',
  nextDueAt: earliestDue,
  runDue: eachDue(endpointsDue, (outside, endpointId) =>
    outside.transact((ctx) => ctx.enqueue(sendDueJob, { endpointId })),
  ),
};

/**
 * Sends what is due to one endpoint, one after the other. Somebody else who is at it goes on with
 * all of it. A request whose outcome was lost is made again under the same id.
 */
export async function sendDue(outside: Outside, endpointId: string): Promise<void> {
  const untilMs = Date.now() + TURN_MS;
  for (let isMine = false; ; isMine = true) {
    const next = await outside.transact((ctx) => takeNext(ctx, endpointId, isMine));
    if (!next) return;
    const tried = await tryPosting(outside, next);
    const mayGoOn = await outside.transact((ctx) => keepOutcome(ctx, next.delivery, tried));
    if (!mayGoOn || Date.now() > untilMs) break;
  }
  await outside.transact((ctx) => freeEndpoint(ctx, endpointId));
}

type Sending = { endpoint: Endpoint; delivery: WebhookDelivery };

async function takeNext(ctx: Ctx, endpointId: string, isMine: boolean): Promise<Sending | null> {
  if (!(await takeEndpoint(ctx, endpointId, isMine))) return null;
  const endpoint = await lockEndpoint(ctx, endpointId);
  const delivery = endpoint?.off === null ? await firstDueOf(ctx, endpoint) : null;
  if (endpoint && delivery) return { endpoint, delivery };
  await freeEndpoint(ctx, endpointId);
  return null;
}

async function tryPosting(outside: Outside, { endpoint, delivery }: Sending): Promise<Try> {
  const { messageId, body } = delivery;
  const beganMs = Date.now();
  const outcome = await postToStranger({
    url: endpoint.url,
    headers: signedHeaders(secretsOf(endpoint, outside.now()), {
      messageId,
      body,
      atMs: beganMs,
    }),
    body,
    door: outside.extension(webhookDoorKind, 'webhooks') ?? STRICT_DOOR,
  });
  const tookMs = Date.now() - beganMs;
  if (outcome.kind === 'unanswered') {
    return { status: null, answer: null, error: outcome.error, tookMs };
  }
  return { status: outcome.status, answer: outcome.answer, error: null, tookMs };
}

/** False when it is of no use to go on with this endpoint now. */
async function keepOutcome(ctx: Ctx, sent: WebhookDelivery, tried: Try): Promise<boolean> {
  const endpoint = await lockEndpoint(ctx, sent.endpointId);
  const delivery = await selectDelivery(ctx, sent.id);
  // Removed meanwhile, or given up since it was switched off.
  if (!endpoint || delivery?.state !== 'queued') return false;
  const after = afterTry(delivery, tried, ctx.now);
  await updateDelivery(ctx, after);
  const failingSince = isTaken(tried) ? null : (endpoint.failingSince ?? ctx.now);
  const off = switchOffCause({ failingSince }, after);
  await updateEndpoint(ctx, { ...endpoint, failingSince, off });
  if (off !== null) {
    await giveUpQueued(ctx, endpoint);
    await mailOwner(ctx, endpoint, off);
    return false;
  }
  if (tried.status !== null) return true;
  await postponeDue(ctx, endpoint, ctx.now.add({ seconds: REST_S }));
  return false;
}
