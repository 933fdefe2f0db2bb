import type { Ctx, Outside } from '#platform/context.ts';
import type { Delivery } from '../delivery.ts';

/** Writes what a step has done, in the transaction that also writes how far the delivery is. */
export type Save = (ctx: Ctx) => Promise<void>;

/**
 * - `again`: not now; the same step is tried later, however often it takes.
 * - `wait`: nothing to do until something else is there.
 * - `refused`: a final "no"; staff decide.
 * - `unwanted`: what was to be delivered is not held any more.
 */
export type StepOutcome =
  | { kind: 'done'; message?: string; save?: Save }
  | { kind: 'again'; code: string; message: string; retryAfterMs: number; save?: Save }
  | { kind: 'wait'; waitsFor: 'package' | 'licence'; message?: string; save?: Save }
  | { kind: 'refused'; code: string; message: string; save?: Save }
  | { kind: 'unwanted'; message?: string; save?: Save };

/**
 * One step of a delivery. `inside` decides in the transaction that keeps its outcome; `outside`
 * speaks to a server between two transactions. Either may be done twice and does the thing once.
 */
export type Step =
  | { inside: (ctx: Ctx, delivery: Delivery) => Promise<StepOutcome> }
  | { outside: (outside: Outside, delivery: Delivery) => Promise<StepOutcome> };
