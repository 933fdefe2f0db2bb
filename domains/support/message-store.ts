import { sql } from 'kysely';
import { branchOf } from '#kit/id.ts';
import type { Ctx } from '#platform/context.ts';
import { tablesOf } from '#platform/database/database.ts';
import type { Ticket, TicketMessage } from './ticket.ts';

type Tables = {
  ticket_message: {
    branch_id: number;
    id: string;
    ticket_id: string;
    kind: TicketMessage['kind'];
    author_kind: TicketMessage['authorKind'];
    author_id: string | null;
    author_name: string;
    body: string;
    at: Temporal.Instant;
  };
};

export async function insertTicketMessage(
  ctx: Ctx,
  ticket: Pick<Ticket, 'id' | 'branch'>,
  message: Omit<TicketMessage, 'id' | 'at'>,
): Promise<void> {
  await tablesOf<Tables>(ctx.tx)
    .insertInto('ticket_message')
    .values({
      branch_id: ticket.branch,
      id: ctx.newId('tkm', ticket.branch),
      ticket_id: ticket.id,
      kind: message.kind,
      author_kind: message.authorKind,
      author_id: message.authorId,
      author_name: message.authorName,
      body: message.body,
      at: ctx.now,
    })
    .execute();
}

/** What a page shows of one ticket: more than people ever wrote in one. */
const MESSAGES_MAX = 500;

/** Oldest first; of a longer talk the newest part. */
export async function messagesOf(
  ctx: Ctx,
  ticketId: string,
  { notes }: { notes: boolean },
): Promise<TicketMessage[]> {
  let query = tablesOf<Tables>(ctx.tx)
    .selectFrom('ticket_message')
    .selectAll()
    .where('branch_id', '=', branchOf(ticketId))
    .where('ticket_id', '=', ticketId)
    .orderBy('id', 'desc')
    .limit(MESSAGES_MAX);
  if (!notes) query = query.where('kind', '=', 'message');
  return (await query.execute()).toReversed().map((row) => ({
    id: row.id,
    kind: row.kind,
    authorKind: row.author_kind,
    authorId: row.author_id,
    authorName: row.author_name,
    body: row.body,
    at: row.at,
  }));
}

/** Whether a person, and not only the product, has written in a ticket. */
export async function hasPeopleIn(ctx: Ctx, ticketId: string): Promise<boolean> {
  const { rows } = await sql<{ found: boolean }>`
    select exists (
      select from ticket_message
      where branch_id = ${branchOf(ticketId)} and ticket_id = ${ticketId}
        and author_kind <> 'system') as found`.execute(ctx.tx);
  return rows[0]?.found ?? false;
}
