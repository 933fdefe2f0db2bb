import { refuse } from '#kit/refusal.ts';
import type { Ctx } from '#platform/context.ts';
import { staffOf } from '#domains/identity/index.ts';
import { settingsOf } from './brand-settings.ts';
import { factOf, ticketReopened } from './events.ts';
import { nodeAbout } from './find-about.ts';
import { closed, reopenedBy } from './reply-to-ticket.ts';
import type { TicketPriority, TicketState } from './support-words.ts';
import { updateTicket } from './ticket-store.ts';
import { stepped } from './ticket.ts';
import type { Ticket } from './ticket.ts';
import { lockStaffTicket } from './whose-ticket.ts';
import { writeInTicket } from './write-in-ticket.ts';

export type TicketChange = {
  id: string;
  state?: TicketState | undefined;
  department?: string | undefined;
  priority?: TicketPriority | undefined;
  /** Null: nobody's. */
  assigneeId?: string | null | undefined;
  /** The server it turned out to be about; clients are not told. */
  nodeId?: string | undefined;
};

/**
 * Staff put a ticket where it belongs. Refuses `department-not-found`, `colleague-not-found`,
 * `node-not-found`.
 */
export async function changeTicket(ctx: Ctx, change: TicketChange): Promise<Ticket> {
  const before = await lockStaffTicket(ctx, change.id);
  const ticket = await placed(ctx, before, change);
  await updateTicket(ctx, ticket);
  const { state } = change;
  if (state === undefined || state === ticket.state) return ticket;
  if (state === 'closed') return closed(ctx, ticket, 'staff');
  const isClosed = ticket.state === 'closed';
  const moved = isClosed
    ? reopenedBy(ticket, 'staff', state, ctx.now)
    : { ...stepped(ticket, 'staff', state, ctx.now), lastBy: ticket.lastBy };
  await updateTicket(ctx, moved);
  if (isClosed) await ctx.announce(ticketReopened, factOf(moved));
  return moved;
}

async function placed(ctx: Ctx, ticket: Ticket, change: TicketChange): Promise<Ticket> {
  const { department, priority, assigneeId, nodeId } = change;
  if (department !== undefined) {
    const { departments } = await settingsOf(ctx, ticket.brandId);
    if (!departments.some(({ key }) => key === department)) {
      refuse('department-not-found', { field: 'department' });
    }
  }
  if (assigneeId) {
    const colleagues = await staffOf(ctx, ticket.sellerId);
    if (!colleagues.some(({ id }) => id === assigneeId)) {
      refuse('colleague-not-found', { field: 'assigneeId' });
    }
  }
  return {
    ...ticket,
    department: department ?? ticket.department,
    priority: priority ?? ticket.priority,
    assigneeId: assigneeId === undefined ? ticket.assigneeId : assigneeId,
    about: nodeId === undefined ? ticket.about : await nodeAbout(ctx, nodeId),
  };
}

/** Words for colleagues. The client sees none of it, and it is nobody's turn more than before. */
export async function noteInTicket(ctx: Ctx, id: string, text: string): Promise<Ticket> {
  const ticket = await lockStaffTicket(ctx, id);
  await writeInTicket(ctx, ticket, text, 'note');
  return ticket;
}
