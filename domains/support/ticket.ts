import { TICKET_PRIORITIES, TICKET_STATES } from './support-words.ts';
import type { AboutKind, TicketPriority, TicketState } from './support-words.ts';

/** What a ticket is about: enough to name it and to lead there. */
export type About = {
  readonly kind: AboutKind;
  readonly id: string;
  /** As people know it: a domain, a document's number, a path, a server's name. */
  readonly label: string;
  /** Of a finding: the site it is on. */
  readonly subscriptionId?: string | undefined;
  readonly accountId?: string | undefined;
};

export type Author = 'client' | 'staff' | 'system';

/** One thing that a client and a seller's staff talk about. */
export type Ticket = {
  readonly id: string;
  readonly branch: number;
  readonly number: string;
  readonly brandId: string;
  readonly sellerId: string;
  readonly clientId: string;
  /** As it was when the ticket was opened: staff find it by this. */
  readonly clientName: string;
  readonly department: string;
  readonly subject: string;
  readonly state: TicketState;
  readonly priority: TicketPriority;
  readonly openedBy: 'client' | 'policy';
  readonly about: About | null;
  readonly assigneeId: string | null;
  readonly siteAccountId: string | null;
  readonly revision: number;
  readonly lastBy: Author;
  readonly lastAt: Temporal.Instant;
  readonly createdAt: Temporal.Instant;
  readonly closedAt: Temporal.Instant | null;
};

export type TicketMessage = {
  readonly id: string;
  readonly kind: 'message' | 'note';
  readonly authorKind: Author;
  readonly authorId: string | null;
  readonly authorName: string;
  readonly body: string;
  readonly at: Temporal.Instant;
};

/**
 * Where a ticket stands among those of its seller, the first to be looked at lowest: what waits for
 * us, the urgent before the rest, the longest wait first; the closed last, the newest first.
 */
export function placeInQueue({ state, priority, lastAt }: Ticket): { rank: number; order: bigint } {
  const atMs = BigInt(lastAt.epochMilliseconds);
  if (state === 'closed') return { rank: 100, order: -atMs };
  const urgency = TICKET_PRIORITIES.length - 1 - TICKET_PRIORITIES.indexOf(priority);
  return { rank: TICKET_STATES.indexOf(state) * 10 + urgency, order: atMs };
}

/** The ticket after something that both sides see; closing and opening again are dated by it. */
export function stepped(
  ticket: Ticket,
  by: Author,
  state: TicketState,
  now: Temporal.Instant,
): Ticket {
  const isClosing = state === 'closed';
  return {
    ...ticket,
    state,
    revision: ticket.revision + 1,
    lastBy: by,
    lastAt: now,
    closedAt: isClosing ? (ticket.closedAt ?? now) : null,
  };
}

/** A closed ticket may be taken up again for some days; after that a new one tells more. */
export function reopenableUntil(
  { closedAt }: Pick<Ticket, 'closedAt'>,
  reopenDays: number,
): Temporal.Instant | null {
  return closedAt?.add({ hours: 24 * reopenDays }) ?? null;
}

export function mayReopen(
  ticket: Pick<Ticket, 'closedAt'>,
  reopenDays: number,
  now: Temporal.Instant,
): boolean {
  const until = reopenableUntil(ticket, reopenDays);
  return until !== null && Temporal.Instant.compare(now, until) < 0;
}
