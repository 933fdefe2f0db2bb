import { eachDue } from '#platform/agenda.ts';
import type { AgendaItem } from '#platform/agenda.ts';
import type { Outside } from '#platform/context.ts';
import { findBrand } from '#domains/brands/index.ts';
import type { Message } from './message.ts';
import { nextAttemptAt } from './message.ts';
import { firstDue, leaseDue, updateMessage } from './store.ts';
import { mailTransport } from './mail-transport.ts';
import { renderMail } from './render-mail.ts';

/** Longer than a batch of slow servers takes, so that no mail is sent twice by two workers. */
const LEASE_S = 600;

/** Sends what is queued; a mail that no server takes is tried again with growing pauses. */
export const deliverMail: AgendaItem = {
  name: 'messages.deliver',
  nextDueAt: firstDue,
  runDue: eachDue((ctx, limit) => leaseDue(ctx, limit, LEASE_S), deliverOne),
};

async function deliverOne(outside: Outside, message: Message): Promise<void> {
  const error = await trySending(outside, message);
  await outside.transact(async (ctx) => {
    if (error === null) {
      return updateMessage(
        ctx,
        { ...message, state: 'sent', sentAt: ctx.now, lastError: null },
        null,
      );
    }
    const next = nextAttemptAt(message.attempts, ctx.now);
    const state = next ? 'queued' : 'failed';
    return updateMessage(ctx, { ...message, state, sentAt: null, lastError: error }, next);
  });
}

/** Null when the mail is on its way, else the reason why not. */
async function trySending(outside: Outside, message: Message): Promise<string | null> {
  const transport = outside.extension(mailTransport, 'mail');
  if (!transport) return null;
  const brand = await outside.transact((ctx) => findBrand(ctx, message.brandId));
  if (!brand) return `no brand ${message.brandId}`;
  try {
    await transport.send({
      id: message.id,
      from: `"${brand.name.replaceAll('"', '')}" <${brand.supportEmail}>`,
      to: message.toAddress,
      subject: message.subject,
      ...renderMail(message),
    });
    return null;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}
