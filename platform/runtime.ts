import { randomBytes, randomUUID } from 'node:crypto';
import { PgBoss } from 'pg-boss';
import type { Actor } from './actor.ts';
import type { AgendaItem } from './agenda.ts';
import type { Clock } from './clock.ts';
import type { Config } from './config.ts';
import { newId } from './context.ts';
import type { Ctx, Outside } from './context.ts';
import type { Db, Tx } from './database/database.ts';
import { storeEvents } from './events.ts';
import type { Subscriber } from './events.ts';
import type { Extensions } from './extensions.ts';
import { createQueues, queueWork, tellSubscriber } from './jobs.ts';
import type { Envelope, JobHandler, QueueName } from './jobs.ts';
import type { Log } from './log.ts';
import { retryable } from './database/retry.ts';
import { seal, unseal } from './seal.ts';

/** Everything a process needs to carry out operations; made once in `app/`. */
export type Runtime = {
  db: Db;
  clock: Clock;
  log: Log;
  boss: PgBoss;
  extensions: Extensions;
  subscribers: ReadonlyMap<string, readonly Subscriber[]>;
  subscriberById: ReadonlyMap<string, Subscriber>;
  jobs: ReadonlyMap<string, JobHandler>;
  agenda: readonly AgendaItem[];
  /** Signs cookies and derives keys; at least 32 characters. */
  secret: string;
  /** In production demo logins are refused and cookies travel over https alone. */
  mode: Config['mode'];
  /** Called after a commit that queued work, so that a worker in this process looks at once. */
  wake: () => void;
};

export type RuntimeParts = {
  db: Db;
  databaseUrl: string;
  clock: Clock;
  log: Log;
  extensions: Extensions;
  subscribers: readonly Subscriber[];
  jobs: readonly JobHandler[];
  agenda: readonly AgendaItem[];
  /** Without one a fresh secret is made, and what it signs ends with the process. */
  secret?: string;
  mode?: Config['mode'];
};

/** Wires the parts together and prepares the queues. `boss` is left to `stopRuntime`. */
export async function createRuntime(parts: RuntimeParts): Promise<Runtime> {
  const boss = new PgBoss({
    connectionString: parts.databaseUrl,
    application_name: 'stoika-jobs',
    max: 4,
    schedule: false,
    superviseIntervalSeconds: 5,
    monitorIntervalSeconds: 5,
  });
  boss.on('error', (error) => parts.log.error({ error: error.message }, 'job queue'));
  await boss.start();
  await createQueues(boss);
  const subscribers = Map.groupBy(parts.subscribers, (subscriber) => subscriber.event);
  return {
    db: parts.db,
    clock: parts.clock,
    log: parts.log,
    boss,
    extensions: parts.extensions,
    subscribers,
    subscriberById: uniqueMap(parts.subscribers, (subscriber) => subscriber.id),
    jobs: uniqueMap(parts.jobs, (job) => job.type.name),
    agenda: parts.agenda,
    secret: parts.secret ?? randomBytes(32).toString('base64url'),
    mode: parts.mode ?? 'development',
    wake: () => {},
  };
}

export async function stopRuntime(runtime: Runtime): Promise<void> {
  await runtime.boss.stop({ graceful: false, close: true });
}

/**
 * Runs one operation in one transaction. A serialization failure or a deadlock is no answer for
 * a user: the whole of `work` is tried again, so it must have no effect outside the transaction.
 */
export async function transact<T>(
  runtime: Runtime,
  actor: Actor,
  work: (ctx: Ctx) => Promise<T>,
  requestId: string = randomUUID(),
): Promise<T> {
  return retryable(async () => {
    let queued = false;
    const result = await runtime.db.transaction().execute((tx) =>
      work(
        makeCtx(runtime, tx, actor, requestId, () => {
          queued = true;
        }),
      ),
    );
    if (queued) runtime.wake();
    return result;
  });
}

export function outside(runtime: Runtime, actor: Actor, requestId: string = randomUUID()): Outside {
  return {
    now: () => runtime.clock.now(),
    actor,
    requestId,
    log: runtime.log.child({ requestId }),
    transact: (work) => transact(runtime, actor, work, requestId),
    extension: (kind, id) => runtime.extensions.find(kind, id),
    extensions: (kind) => runtime.extensions.list(kind),
    seal: (purpose, plain) => seal(runtime.secret, purpose, plain),
    unseal: (purpose, sealed) => unseal(runtime.secret, purpose, sealed),
  };
}

function makeCtx(
  runtime: Runtime,
  tx: Tx,
  actor: Actor,
  requestId: string,
  onQueued: () => void,
): Ctx {
  const queue = async (name: QueueName, envelopes: Envelope[]): Promise<void> => {
    await queueWork(runtime.boss, tx, name, envelopes);
    if (envelopes.length > 0) onQueued();
  };
  const ctx: Ctx = {
    tx,
    now: runtime.clock.now(),
    actor,
    requestId,
    log: runtime.log.child({ requestId }),
    newId,
    announce: async (type, ...facts) => {
      if (facts.length === 0) return;
      const refs = await storeEvents(ctx, type, facts);
      const envelopes: Envelope[] = [];
      for (const { id, wants } of runtime.subscribers.get(type.name) ?? []) {
        if (!wants || (await wants(ctx))) envelopes.push(...tellSubscriber(id, refs));
      }
      await queue('work', envelopes);
    },
    enqueue: (type, ...payloads) =>
      queue(
        type.queue,
        payloads.map((payload) => ({ kind: 'job', name: type.name, payload })),
      ),
    extension: (kind, id) => runtime.extensions.find(kind, id),
    extensions: (kind) => runtime.extensions.list(kind),
    seal: (purpose, plain) => seal(runtime.secret, purpose, plain),
    unseal: (purpose, sealed) => unseal(runtime.secret, purpose, sealed),
  };
  return ctx;
}

function uniqueMap<T>(items: readonly T[], key: (item: T) => string): Map<string, T> {
  const map = new Map<string, T>();
  for (const item of items) {
    if (map.has(key(item))) throw new Error(`${key(item)} stands twice`);
    map.set(key(item), item);
  }
  return map;
}
