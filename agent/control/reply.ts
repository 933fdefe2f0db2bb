import type { Context } from 'hono';
import { refusalStatus, type Answer } from '../refusal.ts';

/** 200 with the value, or the refusal's own status with its code and words. */
export function reply<T>(c: Context, answer: Answer<T>): Response {
  c.header('cache-control', 'no-store');
  if (answer.ok) return c.json(answer.value as object);
  return c.json({ code: answer.code, message: answer.message }, refusalStatus[answer.code]);
}
