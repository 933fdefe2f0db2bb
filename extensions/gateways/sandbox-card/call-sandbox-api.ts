import * as z from 'zod';
import type { GatewayRefusalCode, GatewayRefused, Unreachable } from '#domains/payments/gateway.ts';
import type { SandboxCardSettings } from './settings.ts';

const RETRY_AFTER_MS = 5_000;
const REPLY_BYTES_MAX = 256 * 1024;
const MESSAGE_LENGTH_MAX = 300;

const REFUSALS: Readonly<Record<string, GatewayRefusalCode>> = {
  unauthorized: 'gateway-credentials-refused',
  idempotency_key_reused: 'payment-id-reused',
  payment_id_taken: 'payment-id-reused',
  refund_id_taken: 'payment-id-reused',
  payment_not_found: 'payment-not-found',
  method_not_found: 'method-not-found',
  payment_not_refundable: 'payment-not-refundable',
  payment_currency_refused: 'payment-currency-refused',
  refund_exceeds_payment: 'refund-exceeds-payment',
};
const REFUSED_FIELDS: Readonly<Record<string, GatewayRefusalCode>> = {
  amount_minor: 'payment-amount-refused',
  currency: 'payment-currency-refused',
};

const problemSchema = z.object({
  error: z.object({ code: z.string(), message: z.string(), field: z.string().optional() }),
});

export type ApiRequest = {
  method: 'GET' | 'POST' | 'DELETE';
  path: string;
  body?: object;
  key?: string;
};

/**
 * One call. A 4xx is a final no, anything else that is no sound 2xx leaves open whether the work
 * was done: the caller asks again with the same idempotency key.
 */
export async function callSandboxApi<T>(
  { baseUrl, apiKey, timeoutMs }: SandboxCardSettings,
  { method, path, body, key }: ApiRequest,
  reply: z.ZodType<T>,
): Promise<{ kind: 'answer'; answer: T } | GatewayRefused | Unreachable> {
  let status: number;
  let json: unknown;
  try {
    const response = await fetch(new URL(`/v1${path}`, baseUrl), {
      method,
      redirect: 'error',
      signal: AbortSignal.timeout(timeoutMs),
      headers: {
        authorization: `Bearer ${apiKey}`,
        ...(body ? { 'content-type': 'application/json' } : {}),
        ...(key === undefined ? {} : { 'idempotency-key': key }),
      },
      ...(body ? { body: JSON.stringify(body) } : {}),
    });
    status = response.status;
    json = await boundedJson(response);
  } catch (error) {
    return unreachable(error instanceof Error ? error.name : 'no answer');
  }
  if (status >= 400 && status < 500 && status !== 408 && status !== 429) {
    return refusalIn(status, json);
  }
  const answer = status < 300 ? reply.safeParse(json) : null;
  return answer?.success ? { kind: 'answer', answer: answer.data } : unreachable(`HTTP ${status}`);
}

function refusalIn(status: number, json: unknown): GatewayRefused {
  const problem = problemSchema.safeParse(json);
  if (!problem.success) {
    return { kind: 'refused', code: 'gateway-request-refused', message: `HTTP ${status}` };
  }
  const { code, message, field } = problem.data.error;
  const known = lookUp(REFUSALS, code) ?? lookUp(REFUSED_FIELDS, field ?? '');
  return {
    kind: 'refused',
    code: known ?? 'gateway-request-refused',
    message: message.slice(0, MESSAGE_LENGTH_MAX),
  };
}

function lookUp(table: Readonly<Record<string, GatewayRefusalCode>>, key: string) {
  return Object.hasOwn(table, key) ? table[key] : undefined;
}

function unreachable(message: string): Unreachable {
  return { kind: 'unreachable', message, retryAfterMs: RETRY_AFTER_MS };
}

async function boundedJson(response: Response): Promise<unknown> {
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  for await (const chunk of response.body ?? []) {
    bytes += chunk.length;
    if (bytes > REPLY_BYTES_MAX) return null;
    chunks.push(chunk);
  }
  try {
    return JSON.parse(Buffer.concat(chunks).toString('utf8'));
  } catch {
    return null;
  }
}
