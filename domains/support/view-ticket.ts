import type { Ctx } from '#platform/context.ts';
import { staffOf } from '#domains/identity/index.ts';
import { settingsOf } from './brand-settings.ts';
import type { StaffTicketView } from './contract/staff-contract.ts';
import type { TicketMessageView, TicketView } from './contract/ticket-wire.ts';
import { messagesOf } from './message-store.ts';
import { departmentTitle } from './support-settings.ts';
import type { SupportSettings } from './support-settings.ts';
import { mayReopen, reopenableUntil } from './ticket.ts';
import type { Ticket, TicketMessage } from './ticket.ts';

function viewWith(settings: SupportSettings, ticket: Ticket): TicketView {
  const { department, about } = ticket;
  return {
    id: ticket.id,
    number: ticket.number,
    department: { key: department, title: { ...departmentTitle(settings, department) } },
    subject: ticket.subject,
    state: ticket.state,
    priority: ticket.priority,
    openedBy: ticket.openedBy,
    about: about && { ...about },
    lastBy: ticket.lastBy,
    lastAt: ticket.lastAt.toString(),
    createdAt: ticket.createdAt.toString(),
    closedAt: ticket.closedAt?.toString() ?? null,
  };
}

/** As its client sees it: servers are ours. */
function clientView(settings: SupportSettings, ticket: Ticket): TicketView {
  const about = ticket.about?.kind === 'node' ? null : ticket.about;
  return viewWith(settings, { ...ticket, about });
}

export async function clientTicketViews(
  ctx: Ctx,
  brandId: string,
  tickets: readonly Ticket[],
): Promise<TicketView[]> {
  const settings = await settingsOf(ctx, brandId);
  return tickets.map((ticket) => clientView(settings, ticket));
}

export async function clientTicketView(ctx: Ctx, ticket: Ticket): Promise<TicketView> {
  return clientView(await settingsOf(ctx, ticket.brandId), ticket);
}

export async function clientTicketDetail(ctx: Ctx, ticket: Ticket) {
  const settings = await settingsOf(ctx, ticket.brandId);
  const until = reopenableUntil(ticket, settings.reopenDays);
  return {
    ...clientView(settings, ticket),
    messages: (await messagesOf(ctx, ticket.id, { notes: false })).map(messageView),
    reopenableUntil: mayReopen(ticket, settings.reopenDays, ctx.now)
      ? (until?.toString() ?? null)
      : null,
  };
}

function messageView(message: TicketMessage): TicketMessageView {
  return {
    id: message.id,
    kind: message.kind,
    author: message.authorKind,
    authorName: message.authorName,
    text: message.body,
    at: message.at.toString(),
  };
}

export async function staffTicketViews(
  ctx: Ctx,
  sellerId: string,
  tickets: readonly Ticket[],
): Promise<StaffTicketView[]> {
  const names = new Map((await staffOf(ctx, sellerId)).map(({ id, name }) => [id, name]));
  const byBrand = new Map<string, SupportSettings>();
  for (const brandId of new Set(tickets.map((ticket) => ticket.brandId))) {
    byBrand.set(brandId, await settingsOf(ctx, brandId));
  }
  return tickets.flatMap((ticket) => {
    const settings = byBrand.get(ticket.brandId);
    return settings ? [staffView(settings, names, ticket)] : [];
  });
}

function staffView(
  settings: SupportSettings,
  names: ReadonlyMap<string, string>,
  ticket: Ticket,
): StaffTicketView {
  const { assigneeId } = ticket;
  return {
    ...viewWith(settings, ticket),
    clientId: ticket.clientId,
    clientName: ticket.clientName,
    brandId: ticket.brandId,
    // Somebody who has left keeps what was theirs until it is given to another.
    assignee:
      assigneeId === null ? null : { id: assigneeId, name: names.get(assigneeId) ?? assigneeId },
    revision: ticket.revision,
  };
}

export async function staffTicketView(ctx: Ctx, ticket: Ticket): Promise<StaffTicketView> {
  const [view] = await staffTicketViews(ctx, ticket.sellerId, [ticket]);
  if (!view) throw new Error(`ticket ${ticket.id} has no view`);
  return view;
}

export async function staffTicketDetail(ctx: Ctx, ticket: Ticket) {
  const { departments, replies } = await settingsOf(ctx, ticket.brandId);
  return {
    ...(await staffTicketView(ctx, ticket)),
    messages: (await messagesOf(ctx, ticket.id, { notes: true })).map(messageView),
    colleagues: (await staffOf(ctx, ticket.sellerId)).map(({ id, name }) => ({ id, name })),
    departments: departments.map(({ key, title }) => ({ key, title: { ...title } })),
    replies: replies.map((reply) => ({ ...reply })),
  };
}
