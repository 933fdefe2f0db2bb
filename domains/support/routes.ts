import { pageOf } from '#kit/page.ts';
import { refuse } from '#kit/refusal.ts';
import type { Ctx } from '#platform/context.ts';
import { serve } from '#platform/http/serve.ts';
import { changeSettings, settingsOf, settingsViews } from './brand-settings.ts';
import { changeTicket, noteInTicket } from './change-ticket.ts';
import { supportContract } from './contract.ts';
import { openTicket } from './open-ticket.ts';
import { closeAsClient, reopenAsClient, replyAsClient, replyAsStaff } from './reply-to-ticket.ts';
import { selectOwnTickets, selectQueue } from './ticket-store.ts';
import { placeInQueue } from './ticket.ts';
import {
  clientTicketDetail,
  clientTicketView,
  clientTicketViews,
  staffTicketDetail,
  staffTicketView,
  staffTicketViews,
} from './view-ticket.ts';
import { ownTicket, staffTicket } from './whose-ticket.ts';

export const supportRoutes = serve(supportContract, {
  departments: async (ctx) => {
    const { brandId } = clientOf(ctx);
    const { departments } = await settingsOf(ctx, brandId);
    const offered = departments.filter((one) => one.offered);
    return { items: offered.map(({ key, title }) => ({ key, title: { ...title } })) };
  },
  list: async (ctx, { limit, ...filter }) => {
    const { clientId, brandId } = clientOf(ctx);
    const rows = await selectOwnTickets(ctx, { ...filter, clientId, limit });
    const page = pageOf(rows, limit, ({ id }) => id);
    return { items: await clientTicketViews(ctx, brandId, page.items), next: page.next };
  },
  get: async (ctx, { id }) => clientTicketDetail(ctx, await ownTicket(ctx, id)),
  open: async (ctx, input) => clientTicketView(ctx, await openTicket(ctx, input)),
  reply: async (ctx, { id, text }) => clientTicketView(ctx, await replyAsClient(ctx, id, text)),
  close: async (ctx, { id }) => clientTicketView(ctx, await closeAsClient(ctx, id)),
  reopen: async (ctx, { id, text }) => clientTicketView(ctx, await reopenAsClient(ctx, id, text)),
  admin: {
    list: async (ctx, { limit, whose, ...filter }) => {
      const { sellerId, userId } = staffOf(ctx);
      const assigneeId = whose === 'mine' ? userId : null;
      const rows = await selectQueue(ctx, {
        ...filter,
        ...(whose && { assigneeId }),
        sellerId,
        limit,
      });
      const page = pageOf(rows, limit, (ticket) => {
        const { rank, order } = placeInQueue(ticket);
        return `${rank}:${order}:${ticket.id}`;
      });
      return { items: await staffTicketViews(ctx, sellerId, page.items), next: page.next };
    },
    get: async (ctx, { id }) => staffTicketDetail(ctx, await staffTicket(ctx, id)),
    reply: async (ctx, input) => staffTicketView(ctx, await replyAsStaff(ctx, input)),
    note: async (ctx, { id, text }) => staffTicketView(ctx, await noteInTicket(ctx, id, text)),
    change: async (ctx, input) => staffTicketView(ctx, await changeTicket(ctx, input)),
    settings: settingsViews,
    saveSettings: async (ctx, { brandId, ...settings }) => {
      await changeSettings(ctx, brandId, settings);
      return {};
    },
  },
});

function clientOf({ actor }: Ctx) {
  return actor.kind === 'client' ? actor : refuse('not-allowed');
}

function staffOf({ actor }: Ctx) {
  return actor.kind === 'staff' ? actor : refuse('not-allowed');
}
