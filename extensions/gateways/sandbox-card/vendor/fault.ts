import * as z from 'zod';

/** How the sandbox's API misbehaves on the next calls of one operation, or of any (`*`). */
export const faultSchema = z.strictObject({
  operation: z
    .enum([
      'payments.create',
      'payments.read',
      'charges.create',
      'methods.forget',
      'refunds.create',
      '*',
    ])
    .default('*'),
  kind: z.enum(['slow', 'http-500', 'drop', 'work-then-500', 'work-then-drop']),
  times: z.int().min(1).max(1000).default(1),
  delayMs: z.int().min(0).max(60_000).default(0),
});

export type Fault = z.output<typeof faultSchema>;

/** Takes the first fault that concerns this operation off the queue; null when all is well. */
export function takeFault(queue: Fault[], operation: string): Fault | null {
  const index = queue.findIndex((fault) => ['*', operation].includes(fault.operation));
  const fault = queue[index];
  if (!fault) return null;
  fault.times -= 1;
  if (fault.times === 0) queue.splice(index, 1);
  return fault;
}
