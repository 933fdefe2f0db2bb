import * as z from 'zod';

/** How the fake misbehaves on the next calls of one action, or of any (`*`). */
export const faultSchema = z.strictObject({
  action: z.string().default('*'),
  kind: z.enum([
    /** Waits `delayMs`, then works and answers. */
    'slow',
    /** Says no, with HTTP 200, as the vendor does. */
    'refuse',
    /** Fails before doing anything. */
    'http-500',
    'drop',
    /** Does the work; the answer is lost in one of the ways answers get lost. */
    'work-then-500',
    'work-then-drop',
    'work-then-half',
    'work-then-garble',
    'work-then-answer-twice',
    /** Takes the request and does the work only when told to `finish-late`. */
    'late',
  ]),
  times: z.int().min(1).max(1000).default(1),
  delayMs: z.int().min(0).max(60_000).default(0),
  message: z.string().max(200).default('Your account cannot do this at present'),
});

export type Fault = z.output<typeof faultSchema>;

/** Takes the first fault that concerns this action off the queue; null when all is well. */
export function takeFault(queue: Fault[], action: string): Fault | null {
  const index = queue.findIndex((fault) => fault.action === '*' || fault.action === action);
  const fault = queue[index];
  if (!fault) return null;
  fault.times -= 1;
  if (fault.times === 0) queue.splice(index, 1);
  return fault;
}
