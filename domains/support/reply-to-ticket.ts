import { refuse } from '#kit/refusal.ts';
import type { Ctx } from '#platform/context.ts';
import { settingsOf } from './brand-settings.ts';
import { factOf, ticketAnswered, ticketClosed, ticketReopened, ticketReplied } from './events.ts';
import { mailClient } from './mail-ticket.ts';
import type { TicketState } from './support-words.ts';
import { updateTicket } from './ticket-store.ts';
import { mayReopen, stepped } from './ticket.ts';
import type { Author, Ticket } from './ticket.ts';
import { lockOwnTicket, lockStaffTicket } from './whose-ticket.ts';
import { writeInTicket } from './write-in-ticket.ts';

/** The client writes on: it is our turn. Refuses `ticket-closed`. */
export async function replyAsClient(ctx: Ctx, id: string, text: string): Promise<Ticket> {
  const ticket = await lockOwnTicket(ctx, id);
  if (ticket.state === 'closed') refuse('ticket-closed');
  const replied = stepped(ticket, 'client', 'open', ctx.now);
  await updateTicket(ctx, replied);
  await writeInTicket(ctx, replied, text);
  await ctx.announce(ticketReplied, factOf(replied));
  return replied;
}

/** What a closed ticket was about has come back. Refuses `ticket-reopen-too-late`. */
export async function reopenAsClient(ctx: Ctx, id: string, text: string): Promise<Ticket> {
  const ticket = await lockOwnTicket(ctx, id);
  if (ticket.state !== 'closed') refuse('ticket-not-closed');
  const { reopenDays } = await settingsOf(ctx, ticket.brandId);
  if (!mayReopen(ticket, reopenDays, ctx.now)) {
    refuse('ticket-reopen-too-late', { params: { days: reopenDays } });
  }
  const reopened = reopenedBy(ticket, 'client', 'open', ctx.now);
  await updateTicket(ctx, reopened);
  await writeInTicket(ctx, reopened, text);
  await ctx.announce(ticketReopened, factOf(reopened));
  return reopened;
}

/** What was policy's is people's now: another finding opens a ticket of its own. */
export function reopenedBy(
  ticket: Ticket,
  by: Author,
  state: TicketState,
  now: Temporal.Instant,
): Ticket {
  return { ...stepped(ticket, by, state, now), siteAccountId: null };
}

/** Closed by whoever is served; closing it again changes nothing. */
export async function closeAsClient(ctx: Ctx, id: string): Promise<Ticket> {
  return closed(ctx, await lockOwnTicket(ctx, id), 'client');
}

export async function closed(ctx: Ctx, ticket: Ticket, by: Author): Promise<Ticket> {
  if (ticket.state === 'closed') return ticket;
  const done = stepped(ticket, by, 'closed', ctx.now);
  await updateTicket(ctx, done);
  await ctx.announce(ticketClosed, factOf(done));
  return done;
}

export type StaffReply = {
  id: string;
  text: string;
  /** Of what they had before them when they wrote. */
  revision: number;
  state: Exclude<TicketState, 'open'>;
};

/**
 * Staff answer, and say whose turn it is then. Whoever answers takes a ticket that is nobody's.
 * Refuses `ticket-changed` when somebody has written meanwhile: two answers would be one too many.
 */
export async function replyAsStaff(
  ctx: Ctx,
  { id, text, revision, state }: StaffReply,
): Promise<Ticket> {
  const ticket = await lockStaffTicket(ctx, id);
  if (ticket.revision !== revision) refuse('ticket-changed');
  const userId = ctx.actor.kind === 'staff' ? ctx.actor.userId : null;
  const answered = {
    ...stepped(ticket, 'staff', state, ctx.now),
    assigneeId: ticket.assigneeId ?? userId,
  };
  await updateTicket(ctx, answered);
  await writeInTicket(ctx, answered, text);
  await mailClient(ctx, answered, 'answered', text);
  await ctx.announce(ticketAnswered, factOf(answered));
  if (state === 'closed' && ticket.state !== 'closed') {
    await ctx.announce(ticketClosed, factOf(answered));
  }
  return answered;
}
