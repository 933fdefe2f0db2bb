import { pageOf } from '#kit/page.ts';
import { refuse } from '#kit/refusal.ts';
import type { Ctx } from '#platform/context.ts';
import { serve } from '#platform/http/serve.ts';
import { brandIdsWithin } from '#domains/brands/index.ts';
import { messagesContract } from './contract.ts';
import type { Message } from './message.ts';
import { renderMail } from './render-mail.ts';
import { selectMessage, selectMessages, updateMessage } from './store.ts';

/** A mail is shown as it was written: no script of it runs, nothing is loaded, nothing is sent. */
const MAIL_POLICY = [
  'sandbox allow-popups allow-popups-to-escape-sandbox',
  "default-src 'none'",
  "style-src 'unsafe-inline'",
  'img-src data:',
  "form-action 'none'",
  "frame-ancestors 'self'",
].join('; ');

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
      text: renderMail(message).text,
      attempts: message.attempts,
      lastError: message.lastError,
    };
  },
  html: {
    outside: async (outside, { id }, http) => {
      const message = await outside.transact((ctx) => messageOfStaff(ctx, id));
      const { html } = renderMail(message);
      http.responseHeaders.set('content-security-policy', MAIL_POLICY);
      // Links open beside the panel, never in the frame the mail is shown in.
      const document = html.replace('<head>', '<head><base target="_blank">');
      return new File([document], 'mail.html', { type: 'text/html' });
    },
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
