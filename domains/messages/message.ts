import type { Block } from './block.ts';

export type MessageState = 'queued' | 'sent' | 'failed';

/** How a brand's mail looks, as it was when the mail was written; the rest is the same for all. */
export type MailLook = { brandName: string; accent: string; footer: string };

/** What a mail is made of. Those from before letters were kept as blocks are ready to be sent. */
export type Letter = { blocks: readonly Block[]; look: MailLook } | { html: string; text: string };

/** One mail that went out, or is about to. */
export type Message = {
  id: string;
  branch: number;
  brandId: string;
  clientId: string | null;
  toAddress: string;
  template: string;
  language: string;
  subject: string;
  letter: Letter;
  state: MessageState;
  createdAt: Temporal.Instant;
  sentAt: Temporal.Instant | null;
  attempts: number;
  lastError: string | null;
};

const ATTEMPTS_MAX = 8;
const FIRST_PAUSE_S = 60;
const LONGEST_PAUSE_S = 6 * 3600;

/** When to try a failed mail again: pauses double from a minute to six hours, then it is given up. */
export function nextAttemptAt(attempts: number, now: Temporal.Instant): Temporal.Instant | null {
  if (attempts >= ATTEMPTS_MAX) return null;
  const seconds = Math.min(LONGEST_PAUSE_S, FIRST_PAUSE_S * 2 ** (attempts - 1));
  return now.add({ seconds });
}
