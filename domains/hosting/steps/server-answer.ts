import type { Outcome } from '../server-module.ts';
import type { StepOutcome } from './step.ts';

/** What a server's "not ok" means for the step that asked. */
export function notOk(answer: Exclude<Outcome<unknown>, { kind: 'ok' }>): StepOutcome {
  const { message } = answer;
  if (answer.kind === 'refused') return { kind: 'refused', code: answer.code, message };
  if (answer.kind === 'pending') {
    return { kind: 'again', code: 'server-pending', message, retryAfterMs: answer.checkAfterMs };
  }
  const { retryAfterMs } = answer;
  return { kind: 'again', code: 'server-unreachable', message, retryAfterMs };
}

/** A node that is not set up: staff mend it, and the step goes on by itself. */
export function notSetUp(message: string): StepOutcome {
  return { kind: 'again', code: 'node-not-set-up', message, retryAfterMs: 0 };
}
