import type * as z from 'zod';
import type { EngineAnswer } from '#domains/protection/protection-engine.ts';

export type MonarxCall = {
  method: 'GET' | 'POST' | 'DELETE';
  url: string;
  headers: Readonly<Record<string, string>>;
  json?: unknown;
};

const TIMEOUT_MS = 10_000;
const BODY_CHARS_MAX = 1_000_000;

/**
 * One call. `absent` stands for 404: the vendor has nothing there, which for an agent is a state.
 * The vendor's errors carry `message` or `error`; some come with 200.
 */
export async function callMonarx<T>(
  { method, url, headers, json }: MonarxCall,
  answer: z.ZodType<T>,
  absent?: T,
): Promise<EngineAnswer<T>> {
  try {
    const response = await fetch(url, {
      method,
      headers: { ...headers, ...(json !== undefined && { 'content-type': 'application/json' }) },
      ...(json !== undefined && { body: JSON.stringify(json) }),
      redirect: 'error',
      signal: AbortSignal.timeout(TIMEOUT_MS),
    });
    const text = (await response.text()).slice(0, BODY_CHARS_MAX);
    if (response.status === 404 && absent !== undefined) return { kind: 'ok', value: absent };
    return readAnswer(response.status, parsed(text), answer);
  } catch (error) {
    return unreachable(error instanceof Error ? error.message : 'no answer');
  }
}

function readAnswer<T>(status: number, body: unknown, answer: z.ZodType<T>): EngineAnswer<T> {
  const words = wordsOf(body);
  if (status === 401 || status === 403) {
    const message = 'Monarx does not take our key; correct it in the engine’s settings.';
    return { kind: 'refused', code: 'engine-credentials-refused', message };
  }
  if (status === 429 || status >= 500) return unreachable(`the vendor answered ${status}`);
  const isRefusal =
    status >= 400 || (isObject(body) && ('error' in body || body.success === false));
  if (isRefusal) {
    return {
      kind: 'refused',
      code: 'engine-refused',
      message: words ?? `the answer was ${status}`,
    };
  }
  const read = answer.safeParse(body);
  if (read.success) return { kind: 'ok', value: read.data };
  return unreachable('the vendor answered something unreadable');
}

function parsed(text: string): unknown {
  if (text === '') return {};
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}

function wordsOf(body: unknown): string | null {
  if (!isObject(body)) return null;
  const words = body.message ?? body.error;
  return typeof words === 'string' ? words.slice(0, 300) : null;
}

function unreachable(message: string): EngineAnswer<never> {
  return { kind: 'unreachable', message };
}
