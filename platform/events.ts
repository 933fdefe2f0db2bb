import { sql } from 'kysely';
import type { z } from 'zod';
import { actorName } from './actor.ts';
import type { Ctx } from './context.ts';
import { jsonb } from './database/database.ts';

/** A kind of fact, named in the past tense: `invoice.paid`. */
export type EventType<P> = { readonly name: string; readonly payload: z.ZodType<P> };

/** One fact: what it is about (`subject`: an id), in which branch, and its plain JSON details. */
export type Announcement<P> = { branch: number; subject: string; payload: P };

/** A fact as a subscriber receives it. */
export type Announced<P> = Announcement<P> & { id: string; at: Temporal.Instant };

export type Subscriber = {
  /** `orders.execute-when-paid`: stable, because it keys "handled once". */
  id: string;
  event: string;
  handle(ctx: Ctx, fact: Announced<unknown>): Promise<void>;
};

export function eventType<P>(name: string, payload: z.ZodType<P>): EventType<P> {
  return { name, payload };
}

/** Subscribes to a fact. `handle` runs once per fact, in a transaction of its own. */
export function on<P>(
  type: EventType<P>,
  id: string,
  handle: (ctx: Ctx, fact: Announced<P>) => Promise<void>,
): Subscriber {
  return {
    id,
    event: type.name,
    handle: (ctx, fact) => handle(ctx, { ...fact, payload: type.payload.parse(fact.payload) }),
  };
}

type EventRow = {
  branch_id: number;
  id: string;
  at: Temporal.Instant;
  subject_id: string;
  payload: unknown;
};

/** Writes facts to the history. The caller queues the subscribers' work beside them. */
export async function storeEvents<P>(
  ctx: Ctx,
  type: EventType<P>,
  facts: readonly Announcement<P>[],
): Promise<{ branch: number; id: string }[]> {
  const stored = facts.map((fact) => ({ ...fact, id: ctx.newId('evt', fact.branch) }));
  await sql`
    insert into event (branch_id, id, name, at, subject_id, actor, payload)
    select f.branch, f.id, ${type.name}, ${ctx.now}, f.subject, ${actorName(ctx.actor)}, f.payload
    from jsonb_to_recordset(${jsonb(stored)})
      as f (branch int, id text, subject text, payload jsonb)`.execute(ctx.tx);
  return stored.map(({ branch, id }) => ({ branch, id }));
}

/** Hands one stored fact to a subscriber, unless it had it before. */
export async function handleEvent(
  ctx: Ctx,
  subscriber: Subscriber,
  ref: { branch: number; id: string },
): Promise<void> {
  const first = await sql`
    insert into event_handled (branch_id, event_id, subscriber)
    values (${ref.branch}, ${ref.id}, ${subscriber.id})
    on conflict do nothing returning 1`.execute(ctx.tx);
  if (first.rows.length === 0) return;
  const { rows } = await sql<EventRow>`
    select branch_id, id, at, subject_id, payload from event
    where branch_id = ${ref.branch} and id = ${ref.id}`.execute(ctx.tx);
  const row = rows[0];
  if (!row) throw new Error(`event ${ref.id} is gone`);
  await subscriber.handle(ctx, {
    id: row.id,
    branch: row.branch_id,
    subject: row.subject_id,
    at: row.at,
    payload: row.payload,
  });
}

/** What happened to one thing, oldest first; for the histories that people see. */
export async function readHistory(
  ctx: Ctx,
  branch: number,
  subject: string,
  limit = 200,
): Promise<{ id: string; name: string; at: Temporal.Instant; actor: string; payload: unknown }[]> {
  const { rows } = await sql<{
    id: string; name: string; at: Temporal.Instant; actor: string; payload: unknown;
  }>`
    select id, name, at, actor, payload from event
    where branch_id = ${branch} and subject_id = ${subject} order by id limit ${limit}
  `.execute(ctx.tx);
  return rows;
}
