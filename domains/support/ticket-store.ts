import { sql } from 'kysely';
import { branchOf } from '#kit/id.ts';
import type { Ctx } from '#platform/context.ts';
import { jsonb, tablesOf } from '#platform/database/database.ts';
import { likeText } from '#platform/database/like.ts';
import type { TicketPriority, TicketState } from './support-words.ts';
import { placeInQueue } from './ticket.ts';
import type { About, Author, Ticket } from './ticket.ts';

type Row = {
  branch_id: number;
  id: string;
  number: string;
  brand_id: string;
  seller_id: string;
  client_id: string;
  client_name: string;
  department: string;
  subject: string;
  state: TicketState;
  priority: TicketPriority;
  opened_by: Ticket['openedBy'];
  about: About | null;
  assignee_id: string | null;
  site_account_id: string | null;
  revision: number;
  last_by: Author;
  last_at: Temporal.Instant;
  created_at: Temporal.Instant;
  closed_at: Temporal.Instant | null;
  queue_rank: number;
  queue_order: bigint;
};

type Tables = { ticket: Row };

function toTicket(row: Row): Ticket {
  return {
    id: row.id,
    branch: row.branch_id,
    number: row.number,
    brandId: row.brand_id,
    sellerId: row.seller_id,
    clientId: row.client_id,
    clientName: row.client_name,
    department: row.department,
    subject: row.subject,
    state: row.state,
    priority: row.priority,
    openedBy: row.opened_by,
    about: row.about,
    assigneeId: row.assignee_id,
    siteAccountId: row.site_account_id,
    revision: row.revision,
    lastBy: row.last_by,
    lastAt: row.last_at,
    createdAt: row.created_at,
    closedAt: row.closed_at,
  };
}

/** What may change of a ticket. */
function changing(ticket: Ticket) {
  const { rank, order } = placeInQueue(ticket);
  return {
    department: ticket.department,
    state: ticket.state,
    priority: ticket.priority,
    about: ticket.about === null ? null : jsonb(ticket.about),
    assignee_id: ticket.assigneeId,
    site_account_id: ticket.siteAccountId,
    revision: ticket.revision,
    last_by: ticket.lastBy,
    last_at: ticket.lastAt,
    closed_at: ticket.closedAt,
    queue_rank: rank,
    queue_order: order,
  };
}

export async function nextPlace(ctx: Ctx): Promise<bigint> {
  const { rows } = await sql<{ place: bigint }>`
    select nextval('ticket_number') as place`.execute(ctx.tx);
  return rows[0]?.place ?? 0n;
}

export async function insertTicket(ctx: Ctx, ticket: Ticket): Promise<void> {
  await tablesOf<Tables>(ctx.tx)
    .insertInto('ticket')
    .values({
      ...changing(ticket),
      branch_id: ticket.branch,
      id: ticket.id,
      number: ticket.number,
      brand_id: ticket.brandId,
      seller_id: ticket.sellerId,
      client_id: ticket.clientId,
      client_name: ticket.clientName,
      subject: ticket.subject,
      opened_by: ticket.openedBy,
      created_at: ticket.createdAt,
    })
    .execute();
}

export async function updateTicket(ctx: Ctx, ticket: Ticket): Promise<void> {
  await tablesOf<Tables>(ctx.tx)
    .updateTable('ticket')
    .set(changing(ticket))
    .where('branch_id', '=', ticket.branch)
    .where('id', '=', ticket.id)
    .execute();
}

const byId = (ctx: Ctx, id: string) =>
  tablesOf<Tables>(ctx.tx)
    .selectFrom('ticket')
    .selectAll()
    .where('branch_id', '=', branchOf(id))
    .where('id', '=', id);

export async function selectTicket(ctx: Ctx, id: string): Promise<Ticket | null> {
  const row = await byId(ctx, id).executeTakeFirst();
  return row ? toTicket(row) : null;
}

/** The same, held against changes until the transaction ends. */
export async function lockTicket(ctx: Ctx, id: string): Promise<Ticket | null> {
  const row = await byId(ctx, id).forUpdate().executeTakeFirst();
  return row ? toTicket(row) : null;
}

/** The one ticket about a site that is not closed, held against changes. */
export async function lockTicketOfSite(ctx: Ctx, accountId: string): Promise<Ticket | null> {
  const row = await tablesOf<Tables>(ctx.tx)
    .selectFrom('ticket')
    .selectAll()
    .where('branch_id', '=', branchOf(accountId))
    .where('site_account_id', '=', accountId)
    .where('state', '<>', 'closed')
    .forUpdate()
    .executeTakeFirst();
  return row ? toTicket(row) : null;
}

export async function countOpenOf(ctx: Ctx, clientId: string): Promise<number> {
  const row = await tablesOf<Tables>(ctx.tx)
    .selectFrom('ticket')
    .select((select) => select.fn.countAll<bigint>().as('count'))
    .where('branch_id', '=', branchOf(clientId))
    .where('client_id', '=', clientId)
    .where('state', '<>', 'closed')
    .executeTakeFirst();
  return Number(row?.count ?? 0);
}

/** A client's own, the newest first; one row more than `limit`. */
export async function selectOwnTickets(
  ctx: Ctx,
  filter: { clientId: string; state?: TicketState; cursor?: string; limit: number },
): Promise<Ticket[]> {
  let query = tablesOf<Tables>(ctx.tx)
    .selectFrom('ticket')
    .selectAll()
    .where('branch_id', '=', branchOf(filter.clientId))
    .where('client_id', '=', filter.clientId)
    .orderBy('id', 'desc')
    .limit(filter.limit + 1);
  if (filter.state) query = query.where('state', '=', filter.state);
  if (filter.cursor) query = query.where('id', '<', filter.cursor);
  return (await query.execute()).map(toTicket);
}

export type QueueFilter = {
  sellerId: string;
  /** `live`: all that is not closed. */
  state?: TicketState | 'live';
  department?: string;
  priority?: TicketPriority;
  clientId?: string;
  /** Somebody's, or (null) nobody's. */
  assigneeId?: string | null;
  /** A number, or a part of the subject or of the client's name. */
  search?: string;
  /** `rank:order:id`: where the last page ended. */
  cursor?: string;
  limit: number;
};

/** By what is to be looked at first; one row more than `limit`. */
export async function selectQueue(ctx: Ctx, filter: QueueFilter): Promise<Ticket[]> {
  const { state, assigneeId, search } = filter;
  let query = tablesOf<Tables>(ctx.tx)
    .selectFrom('ticket')
    .selectAll()
    .where('seller_id', '=', filter.sellerId)
    .orderBy('queue_rank')
    .orderBy('queue_order')
    .orderBy('id')
    .limit(filter.limit + 1);
  if (state === 'live') query = query.where('state', '<>', 'closed');
  else if (state) query = query.where('state', '=', state);
  if (filter.department) query = query.where('department', '=', filter.department);
  if (filter.priority) query = query.where('priority', '=', filter.priority);
  if (filter.clientId) query = query.where('client_id', '=', filter.clientId);
  if (assigneeId === null) query = query.where('assignee_id', 'is', null);
  else if (assigneeId !== undefined) query = query.where('assignee_id', '=', assigneeId);
  if (search) {
    const pattern = `%${likeText(search)}%`;
    query = query.where((where) =>
      where.or([
        where('number', '=', search.replaceAll(/\D/g, '')),
        where('subject', 'ilike', pattern),
        where('client_name', 'ilike', pattern),
      ]),
    );
  }
  const [, rank, order, id] = /^(\d{1,3}):(-?\d{1,18}):(\w+)$/.exec(filter.cursor ?? '') ?? [];
  if (rank !== undefined) {
    query = query.where(
      sql<boolean>`(queue_rank, queue_order, id) > (${Number(rank)}, ${order}::bigint, ${id})`,
    );
  }
  return (await query.execute()).map(toTicket);
}
