import { setTimeout as sleep } from 'node:timers/promises';
import type * as z from 'zod';
import type { Outcome } from '#domains/hosting/server-module.ts';
import type { EmbeddedNodeSettings } from './settings.ts';
import { wireRefusal } from './wire.ts';

export type NodeCall = {
  method: 'GET' | 'PUT' | 'POST' | 'DELETE';
  /** Below /v1, each part encoded already. */
  path: string;
  json?: unknown;
  headers?: Readonly<Record<string, string>>;
  bytes?: Uint8Array | ReadableStream<Uint8Array>;
  timeoutMs?: number;
  /** False for what must not be sent twice. */
  repeatable?: boolean;
};

const pausesMs = [150, 500];
const retryAfterMs = 5_000;

/** Asks the node and reads its answer; a transient failure is tried again where that is safe. */
export async function callNode<T>(
  settings: EmbeddedNodeSettings,
  call: NodeCall,
  answer: z.ZodType<T>,
): Promise<Outcome<T>> {
  const sent = await sendToNode(settings, call);
  if (sent.kind !== 'ok') return sent;
  const json: unknown = await sent.value.json().catch(() => undefined);
  const read = answer.safeParse(json);
  if (read.success) return { kind: 'ok', value: read.data };
  return unreachable('the node answered something unreadable');
}

/** As callNode, but leaves the body of a good answer to the caller. */
export async function sendToNode(
  settings: EmbeddedNodeSettings,
  call: NodeCall,
): Promise<Outcome<Response>> {
  const once = call.repeatable === false || call.bytes instanceof ReadableStream;
  const pauses = once ? [] : pausesMs;
  let outcome = await attempt(settings, call);
  for (const pause of pauses) {
    if (outcome.kind !== 'unreachable') return outcome;
    await sleep(pause);
    outcome = await attempt(settings, call);
  }
  return outcome;
}

async function attempt(settings: EmbeddedNodeSettings, call: NodeCall): Promise<Outcome<Response>> {
  try {
    const response = await fetch(`${settings.controlUrl}/v1${call.path}`, {
      method: call.method,
      headers: {
        ...call.headers,
        authorization: `Bearer ${settings.controlToken}`,
        ...(call.json === undefined ? {} : { 'content-type': 'application/json' }),
      },
      body:
        call.json === undefined ? (call.bytes as RequestInit['body']) : JSON.stringify(call.json),
      redirect: 'error',
      signal: AbortSignal.timeout(call.timeoutMs ?? settings.timeoutMs),
      ...(call.bytes instanceof ReadableStream ? { duplex: 'half' } : {}),
    });
    if (response.ok) return { kind: 'ok', value: response };
    if (response.status >= 500) return unreachable(`the node answered ${response.status}`);
    const json: unknown = await response.json().catch(() => undefined);
    return refusal(response.status, wireRefusal.safeParse(json).data);
  } catch (error) {
    return unreachable(wordsOf(error));
  }
}

/** What really happened: fetch itself only says that it failed. */
function wordsOf(error: unknown): string {
  if (!(error instanceof Error)) return 'no answer';
  return error.cause instanceof Error ? error.cause.message : error.message;
}

function refusal(status: number, told?: z.infer<typeof wireRefusal>): Outcome<never> {
  if (status === 401) {
    const message = 'The node does not take the control token; correct it in its settings.';
    return { kind: 'refused', code: 'server-credentials-refused', message };
  }
  if (!told) return unreachable(`the node answered ${status} without a reason`);
  return { kind: 'refused', ...told };
}

function unreachable(message: string): Outcome<never> {
  return { kind: 'unreachable', message, retryAfterMs };
}
