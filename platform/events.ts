import { sql } from 'kysely';
import type { z } from 'zod';
import { actorName } from './actor.ts';
import type { Ctx } from './context.ts';
import { insertRows, rowsOf } from './database/rows.ts';

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
  /**
   * Asked when facts are announced, in their transaction: who listens for others and has nobody to
   * listen for says no, and costs no job.
   */
  wants?: (ctx: Ctx) => Promise<boolean>;
  /** Facts that were announced together come together, in their order. */
  handle(ctx: Ctx, facts: readonly Announced<unknown>[]): Promise<void>;
};

/** Where a fact is kept. */
export type EventRef = { branch: number; id: string };

export function eventType<P>(name: string, payload: z.ZodType<P>): EventType<P> {
  return { name, payload };
}

/** Subscribes to a fact. `handle` runs once per fact, in one transaction with its completion. */
export function on<P>(
  type: EventType<P>,
  id: string,
  handle: (ctx: Ctx, fact: Announced<P>) => Promise<void>,
): Subscriber {
  return onMany(type, id, async (ctx, facts) => {
    for (const fact of facts) await handle(ctx, fact);
  });
}

/** The same for a handler that looks at facts announced together with a few statements for all. */
export function onMany<P>(
  type: EventType<P>,
  id: string,
  handle: (ctx: Ctx, facts: readonly Announced<P>[]) => Promise<void>,
): Subscriber {
  const read = (fact: Announced<unknown>): Announced<P> => ({
    ...fact,
    payload: type.payload.parse(fact.payload),
  });
  return { id, event: type.name, handle: (ctx, facts) => handle(ctx, facts.map(read)) };
}

type EventRow = {
  branch_id: number;
  id: string;
  at: Temporal.Instant;
  subject_id: string;
  payload: unknown;
};

const EVENT_COLUMNS = {
  branch_id: 'int4',
  id: 'text',
  name: 'text',
  at: 'timestamptz',
  subject_id: 'text',
  actor: 'text',
  payload: 'jsonb',
};

/** Writes facts to the history. The caller queues the subscribers' work beside them. */
export async function storeEvents<P>(
  ctx: Ctx,
  type: EventType<P>,
  facts: readonly Announcement<P>[],
): Promise<EventRef[]> {
  const common = { name: type.name, at: ctx.now, actor: actorName(ctx.actor) };
  const rows = facts.map(({ branch, subject, payload }) => ({
    ...common,
    branch_id: branch,
    id: ctx.newId('evt', branch),
    subject_id: subject,
    payload,
  }));
  await insertRows(ctx.tx, 'event', EVENT_COLUMNS, rows);
  return rows.map(({ branch_id, id }) => ({ branch: branch_id, id }));
}

/** Hands stored facts to a subscriber, but for those it had before. */
export async function handleEvents(
  ctx: Ctx,
  subscriber: Subscriber,
  refs: readonly EventRef[],
): Promise<void> {
  const asked = rowsOf({ branch: 'int4', id: 'text' }, refs);
  const first = await sql<EventRef>`
    insert into event_handled (branch_id, event_id, subscriber)
    select r.branch, r.id, ${subscriber.id} from ${asked}
    on conflict do nothing returning branch_id as branch, event_id as id`.execute(ctx.tx);
  if (first.rows.length === 0) return;
  const { rows } = await sql<EventRow>`
    select e.branch_id, e.id, e.at, e.subject_id, e.payload
    from ${rowsOf({ branch: 'int4', id: 'text' }, first.rows)}
    join event e on e.branch_id = r.branch and e.id = r.id`.execute(ctx.tx);
  const found = new Map(rows.map((row) => [row.id, row]));
  const isFirst = new Set(first.rows.map(({ id }) => id));
  await subscriber.handle(
    ctx,
    refs.filter(({ id }) => isFirst.has(id)).map(({ id }) => announcedOf(found.get(id), id)),
  );
}

function announcedOf(row: EventRow | undefined, id: string): Announced<unknown> {
  if (!row) throw new Error(`event ${id} is gone`);
  const { branch_id: branch, subject_id: subject, at, payload } = row;
  return { id, branch, subject, at, payload };
}

/** What happened to one thing, oldest first; for the histories that people see. */
export async function readHistory(
  ctx: Ctx,
  branch: number,
  subject: string,
  limit = 200,
): Promise<{ id: string; name: string; at: Temporal.Instant; actor: string; payload: unknown }[]> {
  const { rows } = await sql<{
    id: string;
    name: string;
    at: Temporal.Instant;
    actor: string;
    payload: unknown;
  }>`
    select id, name, at, actor, payload from event
    where branch_id = ${branch} and subject_id = ${subject} order by id limit ${limit}
  `.execute(ctx.tx);
  return rows;
}
