import { pageOf } from '#kit/page.ts';
import { refuse } from '#kit/refusal.ts';
import type { Ctx } from '#platform/context.ts';
import { serve } from '#platform/http/serve.ts';
import { brandIdsWithin } from '#domains/brands/index.ts';
import { messagesContract } from './contract.ts';
import type { Message } from './message.ts';
import { selectMessage, selectMessages, updateMessage } from './store.ts';

export const messagesRoutes = serve(messagesContract, {
  list: async (ctx, { limit, ...filter }) => {
    const brandIds = await brandIdsOfStaff(ctx);
    const rows = await selectMessages(ctx, { ...filter, brandIds, limit });
    const page = pageOf(rows, limit, (row) => row.id);
    return { items: page.items.map(summary), next: page.next };
  },
  get: async (ctx, { id }) => {
    const message = await messageOfStaff(ctx, id);
    return {
      ...summary(message),
      html: message.html,
      text: message.textBody,
      attempts: message.attempts,
      lastError: message.lastError,
    };
  },
  retry: async (ctx, { id }) => {
    const message = await messageOfStaff(ctx, id);
    if (message.state === 'sent') refuse('message-already-sent');
    await updateMessage(ctx, { ...message, state: 'queued', sentAt: null }, ctx.now);
    return { id };
  },
});

/** The brands whose mail this person may see: their seller's and those below it. */
async function brandIdsOfStaff(ctx: Ctx): Promise<string[]> {
  return ctx.actor.kind === 'staff' ? brandIdsWithin(ctx, ctx.actor.sellerId) : [];
}

async function messageOfStaff(ctx: Ctx, id: string): Promise<Message> {
  const message = await selectMessage(ctx, id);
  if (!message || !(await brandIdsOfStaff(ctx)).includes(message.brandId)) {
    refuse('message-not-found');
  }
  return message;
}

function summary(message: Message) {
  return {
    id: message.id,
    clientId: message.clientId,
    to: message.toAddress,
    subject: message.subject,
    template: message.template,
    language: message.language,
    state: message.state,
    createdAt: message.createdAt.toString(),
    sentAt: message.sentAt?.toString() ?? null,
  };
}
