import { z } from 'zod';
import { eventType } from '#platform/events.ts';
import { TICKET_PRIORITIES, TICKET_STATES } from './support-words.ts';
import type { Ticket } from './ticket.ts';

/** The subject of all of these is the ticket. What people wrote is in none of them. */
const Payload = z.object({
  ticketId: z.string(),
  number: z.string(),
  clientId: z.string(),
  sellerId: z.string(),
  department: z.string(),
  subject: z.string(),
  state: z.enum(TICKET_STATES),
  priority: z.enum(TICKET_PRIORITIES),
  openedBy: z.enum(['client', 'policy']),
});

export const ticketOpened = eventType('ticket.opened', Payload);
/** The client has written. */
export const ticketReplied = eventType('ticket.replied', Payload);
/** Staff have written to the client. */
export const ticketAnswered = eventType('ticket.answered', Payload);
export const ticketClosed = eventType('ticket.closed', Payload);
export const ticketReopened = eventType('ticket.reopened', Payload);

export function factOf(ticket: Ticket) {
  const { id: ticketId, number, clientId, sellerId, department, subject } = ticket;
  const { state, priority, openedBy } = ticket;
  return {
    branch: ticket.branch,
    subject: ticketId,
    payload: {
      ticketId,
      number,
      clientId,
      sellerId,
      department,
      subject,
      state,
      priority,
      openedBy,
    },
  };
}
