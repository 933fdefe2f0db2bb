import { refuse } from '#kit/refusal.ts';
import type { Ctx } from '#platform/context.ts';
import { lockTicket, selectTicket } from './ticket-store.ts';
import type { Ticket } from './ticket.ts';

/** The client's own ticket; anybody else's does not exist for them. */
export async function ownTicket(ctx: Ctx, id: string): Promise<Ticket> {
  return orNotFound(await selectTicket(ctx, id), isOwn(ctx));
}

/** The same, held against changes. */
export async function lockOwnTicket(ctx: Ctx, id: string): Promise<Ticket> {
  return orNotFound(await lockTicket(ctx, id), isOwn(ctx));
}

/** A ticket of the staff's own seller: what clients of a seller below it write is not theirs. */
export async function staffTicket(ctx: Ctx, id: string): Promise<Ticket> {
  return orNotFound(await selectTicket(ctx, id), isOfStaff(ctx));
}

export async function lockStaffTicket(ctx: Ctx, id: string): Promise<Ticket> {
  return orNotFound(await lockTicket(ctx, id), isOfStaff(ctx));
}

type Test = (ticket: Ticket) => boolean;

function isOwn({ actor }: Ctx): Test {
  return ({ clientId }) => actor.kind === 'client' && actor.clientId === clientId;
}

function isOfStaff({ actor }: Ctx): Test {
  return ({ sellerId }) => actor.kind === 'staff' && actor.sellerId === sellerId;
}

function orNotFound(ticket: Ticket | null, may: Test): Ticket {
  return ticket && may(ticket) ? ticket : refuse('ticket-not-found', { field: 'id' });
}
