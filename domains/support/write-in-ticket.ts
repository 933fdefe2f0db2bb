import type { Ctx } from '#platform/context.ts';
import { findUser } from '#domains/identity/index.ts';
import { insertTicketMessage } from './message-store.ts';
import type { Ticket, TicketMessage } from './ticket.ts';

/** Puts the words of whoever acts into a ticket, under the name they have now. */
export async function writeInTicket(
  ctx: Ctx,
  ticket: Pick<Ticket, 'id' | 'branch' | 'clientName'>,
  body: string,
  kind: TicketMessage['kind'] = 'message',
): Promise<void> {
  await insertTicketMessage(ctx, ticket, { ...(await authorOf(ctx, ticket)), kind, body });
}

async function authorOf(
  ctx: Ctx,
  { clientName }: Pick<Ticket, 'clientName'>,
): Promise<Pick<TicketMessage, 'authorKind' | 'authorId' | 'authorName'>> {
  const { actor } = ctx;
  if (actor.kind !== 'client' && actor.kind !== 'staff') {
    return { authorKind: 'system', authorId: null, authorName: '' };
  }
  const person = await findUser(ctx, actor.userId);
  const authorName = person?.name ?? (actor.kind === 'client' ? clientName : '');
  return { authorKind: actor.kind, authorId: actor.userId, authorName };
}
