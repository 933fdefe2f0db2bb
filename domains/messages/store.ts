import { sql } from 'kysely';
import { branchOf } from '#kit/id.ts';
import type { Ctx } from '#platform/context.ts';
import { tablesOf } from '#platform/database/database.ts';
import { likeText } from '#platform/database/like.ts';
import { insertRows } from '#platform/database/rows.ts';
import type { Letter, Message, MessageState } from './message.ts';

type Tables = {
  message: {
    branch_id: number;
    id: string;
    brand_id: string;
    client_id: string | null;
    to_address: string;
    template: string;
    language: string;
    subject: string;
    letter: string;
    state: MessageState;
    created_at: Temporal.Instant;
    sent_at: Temporal.Instant | null;
    attempts: number;
    next_attempt_at: Temporal.Instant | null;
    last_error: string | null;
  };
};

function toMessage(row: Tables['message']): Message {
  return {
    id: row.id,
    branch: row.branch_id,
    brandId: row.brand_id,
    clientId: row.client_id,
    toAddress: row.to_address,
    template: row.template,
    language: row.language,
    subject: row.subject,
    letter: JSON.parse(row.letter) as Letter,
    state: row.state,
    createdAt: row.created_at,
    sentAt: row.sent_at,
    attempts: row.attempts,
    lastError: row.last_error,
  };
}

/** `letter` is its JSON. */
export type NewMessage = Omit<
  Message,
  'letter' | 'state' | 'createdAt' | 'sentAt' | 'attempts' | 'lastError'
> & { letter: string };

const NEW_COLUMNS = {
  branch_id: 'int4',
  id: 'text',
  brand_id: 'text',
  client_id: 'text',
  to_address: 'text',
  template: 'text',
  language: 'text',
  subject: 'text',
  letter: 'text',
  state: 'text',
  created_at: 'timestamptz',
  next_attempt_at: 'timestamptz',
};

export async function insertMessages(ctx: Ctx, messages: readonly NewMessage[]): Promise<void> {
  const rows = messages.map((message) => ({
    branch_id: message.branch,
    id: message.id,
    brand_id: message.brandId,
    client_id: message.clientId,
    to_address: message.toAddress,
    template: message.template,
    language: message.language,
    subject: message.subject,
    letter: message.letter,
    state: 'queued',
    created_at: ctx.now,
    next_attempt_at: ctx.now,
  }));
  await insertRows(ctx.tx, 'message', NEW_COLUMNS, rows);
}

export async function selectMessage(ctx: Ctx, id: string): Promise<Message | null> {
  const row = await tablesOf<Tables>(ctx.tx)
    .selectFrom('message')
    .selectAll()
    .where('branch_id', '=', branchOf(id))
    .where('id', '=', id)
    .executeTakeFirst();
  return row ? toMessage(row) : null;
}

export type MessageFilter = {
  brandIds: readonly string[];
  clientId?: string;
  search?: string;
  state?: MessageState;
  cursor?: string;
  limit: number;
};

/** Newest first; one row more than `limit`, so that the caller sees whether there is a next page. */
export async function selectMessages(ctx: Ctx, filter: MessageFilter): Promise<Message[]> {
  let query = tablesOf<Tables>(ctx.tx)
    .selectFrom('message')
    .selectAll()
    .where('brand_id', 'in', filter.brandIds.length > 0 ? [...filter.brandIds] : [''])
    .orderBy('id', 'desc')
    .limit(filter.limit + 1);
  if (filter.clientId) {
    query = query
      .where('branch_id', '=', branchOf(filter.clientId))
      .where('client_id', '=', filter.clientId);
  }
  if (filter.state) query = query.where('state', '=', filter.state);
  if (filter.cursor) query = query.where('id', '<', filter.cursor);
  if (filter.search) {
    const pattern = `%${likeText(filter.search)}%`;
    query = query.where((where) =>
      where.or([where('to_address', 'ilike', pattern), where('subject', 'ilike', pattern)]),
    );
  }
  return (await query.execute()).map(toMessage);
}

export async function firstDue(ctx: Ctx): Promise<Temporal.Instant | null> {
  const row = await tablesOf<Tables>(ctx.tx)
    .selectFrom('message')
    .select((select) => select.fn.min('next_attempt_at').as('at'))
    .where('state', '=', 'queued')
    .executeTakeFirst();
  return row?.at ?? null;
}

/** Takes due mails for `leaseS` seconds, so that no other worker sends them meanwhile. */
export async function leaseDue(ctx: Ctx, limit: number, leaseS: number): Promise<Message[]> {
  const { rows } = await sql<Tables['message']>`
    update message m set attempts = m.attempts + 1,
      next_attempt_at = ${ctx.now.add({ seconds: leaseS })}
    from (
      select branch_id, id from message
      where state = 'queued' and next_attempt_at <= ${ctx.now}
      order by next_attempt_at limit ${limit} for update skip locked
    ) due
    where m.branch_id = due.branch_id and m.id = due.id
    returning m.*`.execute(ctx.tx);
  return rows.map(toMessage);
}

export async function updateMessage(
  ctx: Ctx,
  message: Pick<Message, 'id' | 'branch' | 'state' | 'sentAt' | 'lastError'>,
  nextAttempt: Temporal.Instant | null,
): Promise<void> {
  await tablesOf<Tables>(ctx.tx)
    .updateTable('message')
    .set({
      state: message.state,
      sent_at: message.sentAt,
      last_error: message.lastError,
      next_attempt_at: nextAttempt,
    })
    .where('branch_id', '=', message.branch)
    .where('id', '=', message.id)
    .execute();
}
