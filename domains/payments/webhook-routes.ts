import { Hono } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import { isId } from '#kit/id.ts';
import type { Outside } from '#platform/context.ts';
import { outside as outsideOf } from '#platform/runtime.ts';
import type { Runtime } from '#platform/runtime.ts';
import { applyEvent } from './apply-event.ts';
import { connectGateway } from './connect-gateway.ts';
import type { GatewayConnection, GatewayEvent, PaymentKey } from './gateway.ts';
import { readAgain } from './read-again.ts';
import { paymentByGatewayRef, selectPayment } from './store.ts';

const BODY_BYTES_MAX = 64 * 1024;

/**
 * Where gateways tell us what happened. Anyone may knock, so nothing counts but what the gateway
 * signed (or says again when asked), about a payment we made, for the amount we asked.
 */
export function gatewayHooks(runtime: Runtime): Hono {
  const app = new Hono();
  app.use('/hooks/gateways/*', bodyLimit({ maxSize: BODY_BYTES_MAX }));
  app.post('/hooks/gateways/:brand/:gateway', async (c) => {
    const { brand, gateway } = c.req.param();
    const outside = outsideOf(runtime, { kind: 'system', name: `gateway:${gateway}` });
    if (!isId(brand, 'brd')) return refusal('gateway-not-found', 404);
    const connection = await outside.transact((ctx) => connectGateway(ctx, brand, gateway));
    if (!connection) return refusal('gateway-not-found', 404);
    const verdict = connection.verifyWebhook({
      headers: Object.fromEntries(c.req.raw.headers),
      rawBody: new Uint8Array(await c.req.arrayBuffer()),
      nowMs: Date.now(),
    });
    if (verdict.kind === 'refused') return refusal(verdict.code, 401);
    if (verdict.kind === 'event') {
      const refused = await take(outside, brand, gateway, verdict.event);
      if (refused) return refused;
    }
    if (verdict.kind === 'read-again') await lookUp(outside, brand, gateway, verdict.which);
    return receipt(connection);
  });
  return app;
}

async function take(
  outside: Outside,
  brandId: string,
  gatewayId: string,
  event: GatewayEvent,
): Promise<Response | null> {
  const applied = await outside.transact(async (ctx) => {
    const payment = isId(event.paymentId, 'pay') ? await selectPayment(ctx, event.paymentId) : null;
    // A brand's key proves nothing about another brand's payments.
    if (payment?.brandId !== brandId) return { kind: 'unknown-payment' } as const;
    return applyEvent(ctx, gatewayId, event);
  });
  if (applied.kind === 'unknown-payment') return refusal('payment-not-found', 404);
  if (applied.kind === 'mismatch') return refusal(`payment-${applied.why}`, 422);
  return null;
}

async function lookUp(
  outside: Outside,
  brandId: string,
  gatewayId: string,
  which: PaymentKey,
): Promise<void> {
  const payment = await outside.transact((ctx) =>
    which.paymentId && isId(which.paymentId, 'pay')
      ? selectPayment(ctx, which.paymentId)
      : paymentByGatewayRef(ctx, gatewayId, which.gatewayRef ?? ''),
  );
  if (payment?.gatewayId !== gatewayId || payment.brandId !== brandId) return;
  await readAgain(outside, payment);
}

function receipt({ webhookReceipt }: GatewayConnection): Response {
  const { status, contentType, body } = webhookReceipt;
  return new Response(body, { status, headers: { 'content-type': contentType } });
}

function refusal(code: string, status: number): Response {
  return Response.json(
    { type: `https://stoika.dev/refusals/${code}`, title: code.replaceAll('-', ' '), status, code },
    { status, headers: { 'content-type': 'application/problem+json' } },
  );
}
