import { randomInt } from 'node:crypto';
import { makeId } from '#kit/id.ts';
import type { Actor } from './actor.ts';
import type { Tx } from './database/database.ts';
import type { Announcement, EventType } from './events.ts';
import type { ExtensionKind } from './extensions.ts';
import type { JobType } from './jobs.ts';
import type { Log } from './log.ts';

/** What an operation may use: one transaction, one instant, one actor. Nothing ambient. */
export type Ctx = {
  tx: Tx;
  /** The business time of this operation; the same from its first line to its last. */
  now: Temporal.Instant;
  actor: Actor;
  requestId: string;
  log: Log;
  newId(prefix: string, branch: number): string;
  /** Stores the fact, and work for its subscribers, in this transaction. */
  announce<P>(type: EventType<P>, ...facts: Announcement<P>[]): Promise<void>;
  /** Stores work to be done after this transaction commits. */
  enqueue<P>(type: JobType<P>, ...payloads: P[]): Promise<void>;
  extension<T>(kind: ExtensionKind<T>, id: string): T | undefined;
  extensions<T>(kind: ExtensionKind<T>): T[];
  /** Encrypts what the database must not hold plainly; `purpose` keeps the keys apart. */
  seal(purpose: string, plain: string): string;
  unseal(purpose: string, sealed: string): string;
};

/**
 * For work that talks to the world: no open transaction while a vendor is slow. State is read and
 * written in short transactions around the call.
 */
export type Outside = {
  now(): Temporal.Instant;
  actor: Actor;
  requestId: string;
  log: Log;
  transact<T>(work: (ctx: Ctx) => Promise<T>): Promise<T>;
  extension<T>(kind: ExtensionKind<T>, id: string): T | undefined;
  extensions<T>(kind: ExtensionKind<T>): T[];
  /** Encrypts what the database must not hold plainly; `purpose` keeps the keys apart. */
  seal(purpose: string, plain: string): string;
  unseal(purpose: string, sealed: string): string;
};

let counter = randomInt(2 ** 24);

/** A fresh id. Consecutive ids of one process never collide, whatever the clock does. */
export function newId(prefix: string, branch: number): string {
  counter = (counter + 1) % 2 ** 24;
  return makeId(prefix, branch, Date.now(), counter);
}
