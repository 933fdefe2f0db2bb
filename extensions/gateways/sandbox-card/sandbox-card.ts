import type {
  ChargeOrder,
  GatewayConnection,
  PaymentGateway,
  PaymentKey,
  PaymentOrder,
  RefundOrder,
  SavedMethods,
} from '#domains/payments/gateway.ts';
import { callSandboxApi } from './call-sandbox-api.ts';
import { forgotten, paymentAnswer, paymentOf, refundAnswer } from './payment-answer.ts';
import { readWebhook } from './read-webhook.ts';
import { sandboxCardSettings, type SandboxCardSettings } from './settings.ts';

const DESCRIPTION_LENGTH_MAX = 128;

/** The reference gateway: a bank that exists only here and fails on request. */
export const sandboxCard: PaymentGateway = {
  id: 'sandbox-card',
  title: { ru: 'Банковская карта (песочница)', en: 'Bank card (sandbox)' },
  capabilities: {
    hostedPage: true,
    savedMethods: true,
    refunds: true,
    partialRefunds: true,
    webhooks: 'signed',
    threeDSecure: true,
  },
  settings: sandboxCardSettings,
  connect(stored) {
    const settings = sandboxCardSettings.safeParse(stored);
    if (settings.success) return connection(settings.data);
    const issue = settings.error.issues[0];
    return {
      kind: 'settings-refused',
      field: issue?.path.join('.') ?? '',
      message: issue?.message ?? 'the settings cannot be read',
    };
  },
};

function connection(settings: SandboxCardSettings): GatewayConnection {
  return {
    kind: 'connected',
    startPayment: (order) => startPayment(settings, order),
    readPayment: (which) => readPayment(settings, which),
    refund: (order) => refund(settings, order),
    savedMethods: {
      charge: (order) => charge(settings, order),
      forget: (token) => forget(settings, token),
    },
    verifyWebhook: (delivery) => readWebhook(delivery, settings.webhookSecrets),
    webhookReceipt: { status: 200, contentType: 'text/plain', body: 'ok' },
  };
}

async function startPayment(
  settings: SandboxCardSettings,
  order: PaymentOrder,
): ReturnType<GatewayConnection['startPayment']> {
  const body = {
    payment_id: order.paymentId,
    amount_minor: String(order.amountMinor),
    currency: order.currency,
    description: order.description.slice(0, DESCRIPTION_LENGTH_MAX).toWellFormed(),
    merchant_name: settings.merchantName,
    return_url: order.returnUrl,
    notify_url: order.notifyUrl,
    locale: order.locale,
    ...(order.saveMethod && { save_method: true }),
  };
  const request = { method: 'POST', path: '/payments', body, key: order.paymentId } as const;
  const result = await callSandboxApi(settings, request, paymentAnswer);
  if (result.kind !== 'answer') return result;
  const { id, redirect_url: redirectUrl } = result.answer;
  if (redirectUrl === null) return { kind: 'unreachable', message: 'no page to pay on' };
  return { kind: 'started', gatewayRef: id, redirectUrl };
}

async function charge(
  settings: SandboxCardSettings,
  order: ChargeOrder,
): ReturnType<SavedMethods['charge']> {
  const body = {
    payment_id: order.paymentId,
    method: order.token,
    amount_minor: String(order.amountMinor),
    currency: order.currency,
    description: order.description.slice(0, DESCRIPTION_LENGTH_MAX).toWellFormed(),
    merchant_name: settings.merchantName,
    notify_url: order.notifyUrl,
    locale: order.locale,
  };
  const request = { method: 'POST', path: '/charges', body, key: order.paymentId } as const;
  const result = await callSandboxApi(settings, request, paymentAnswer);
  if (result.kind !== 'answer') return result;
  return { kind: 'payment', payment: paymentOf(result.answer) };
}

async function forget(
  settings: SandboxCardSettings,
  token: string,
): ReturnType<SavedMethods['forget']> {
  const path = `/methods/${encodeURIComponent(token)}`;
  const result = await callSandboxApi(settings, { method: 'DELETE', path }, forgotten);
  if (result.kind === 'refused' && result.code === 'method-not-found') {
    return { kind: 'forgotten' };
  }
  return result.kind === 'answer' ? { kind: 'forgotten' } : result;
}

async function readPayment(
  settings: SandboxCardSettings,
  { gatewayRef, paymentId }: PaymentKey,
): ReturnType<GatewayConnection['readPayment']> {
  const path =
    gatewayRef === undefined
      ? `/payments?payment_id=${encodeURIComponent(paymentId ?? '')}`
      : `/payments/${encodeURIComponent(gatewayRef)}`;
  const result = await callSandboxApi(settings, { method: 'GET', path }, paymentAnswer);
  if (result.kind !== 'answer') return result;
  return { kind: 'payment', payment: paymentOf(result.answer) };
}

async function refund(
  settings: SandboxCardSettings,
  { refundId, gatewayRef, amountMinor, currency }: RefundOrder,
): ReturnType<GatewayConnection['refund']> {
  const body = {
    refund_id: refundId,
    payment: gatewayRef,
    amount_minor: String(amountMinor),
    currency,
  };
  const request = { method: 'POST', path: '/refunds', body, key: refundId } as const;
  const result = await callSandboxApi(settings, request, refundAnswer);
  if (result.kind !== 'answer') return result;
  const { id, amount_minor: doneMinor } = result.answer;
  return { kind: 'refunded', refundRef: id, amountMinor: doneMinor };
}
