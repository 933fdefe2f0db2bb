import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import type { KeptCard } from './charge-method.ts';
import type { SandboxPayment } from './payment.ts';

export type SandboxRefund = {
  id: string;
  refundId: string;
  payment: string;
  amountMinor: bigint;
};

/** One copy of one event on its way to the shop. */
export type Delivery = {
  number: number;
  eventId: string;
  url: string;
  body: string;
  tries: number;
  firstTriedAtMs: number | null;
};

export type DeliveryRecord = {
  eventId: string;
  tries: number;
  dueAtMs: number | null;
  lastAnswer: string | null;
  body: string;
};

export type VendorStore = ReturnType<typeof openVendorStore>;

const SCHEMA = `
  CREATE TABLE IF NOT EXISTS payment (
    id TEXT PRIMARY KEY, pageToken TEXT NOT NULL UNIQUE, paymentId TEXT NOT NULL UNIQUE,
    dueAtMs INTEGER, document TEXT NOT NULL);
  CREATE INDEX IF NOT EXISTS payment_due ON payment (dueAtMs) WHERE dueAtMs IS NOT NULL;
  CREATE TABLE IF NOT EXISTS keptCard (token TEXT PRIMARY KEY, document TEXT NOT NULL);
  CREATE TABLE IF NOT EXISTS refund (
    id TEXT PRIMARY KEY, refundId TEXT NOT NULL UNIQUE, payment TEXT NOT NULL,
    amountMinor TEXT NOT NULL);
  CREATE TABLE IF NOT EXISTS answered (
    idempotencyKey TEXT PRIMARY KEY, request TEXT NOT NULL, status INTEGER NOT NULL,
    body TEXT NOT NULL);
  CREATE TABLE IF NOT EXISTS delivery (
    number INTEGER PRIMARY KEY, eventId TEXT NOT NULL, url TEXT NOT NULL, body TEXT NOT NULL,
    tries INTEGER NOT NULL DEFAULT 0, firstTriedAtMs INTEGER, dueAtMs INTEGER,
    lastAnswer TEXT);
  CREATE INDEX IF NOT EXISTS delivery_due ON delivery (dueAtMs) WHERE dueAtMs IS NOT NULL;
`;

/** The sandbox's books: one SQLite file, synced at each commit, so `kill -9` loses nothing. */
export function openVendorStore(folder: string) {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const database = new DatabaseSync(join(folder, 'sandbox-card.sqlite'));
  database.exec(`PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; ${SCHEMA}`);
  const nextDue = database.prepare(`SELECT min(at) AS at FROM (SELECT min(dueAtMs) AS at
    FROM payment UNION ALL SELECT min(dueAtMs) FROM delivery)`);
  return {
    ...paymentBooks(database),
    ...cardBooks(database),
    ...refundBooks(database),
    ...deliveryBooks(database),
    transaction<T>(work: () => T): T {
      database.exec('BEGIN IMMEDIATE');
      try {
        const result = work();
        database.exec('COMMIT');
        return result;
      } catch (error) {
        database.exec('ROLLBACK');
        throw error;
      }
    },
    nextDueAtMs: () => (nextDue.get() as { at: number | null }).at,
    close: () => database.close(),
  };
}

function paymentBooks(database: DatabaseSync) {
  const save = database.prepare(`INSERT INTO payment (id, pageToken, paymentId, dueAtMs, document)
    VALUES (?, ?, ?, ?, ?)
    ON CONFLICT (id) DO UPDATE SET dueAtMs = excluded.dueAtMs, document = excluded.document`);
  const byId = database.prepare('SELECT document FROM payment WHERE id = ?');
  const byToken = database.prepare('SELECT document FROM payment WHERE pageToken = ?');
  const byPaymentId = database.prepare('SELECT document FROM payment WHERE paymentId = ?');
  const due = database.prepare('SELECT document FROM payment WHERE dueAtMs <= ? LIMIT 100');
  return {
    /** `dueAtMs`: when the bank answers late or the payment expires; null when neither. */
    savePayment(payment: SandboxPayment, dueAtMs: number | null): void {
      const { id, pageToken, paymentId } = payment;
      save.run(id, pageToken, paymentId, dueAtMs, written(payment));
    },
    payment: (id: string) => readDocument(byId.get(id)),
    paymentByToken: (token: string) => readDocument(byToken.get(token)),
    paymentByPaymentId: (paymentId: string) => readDocument(byPaymentId.get(paymentId)),
    duePayments: (nowMs: number) => due.all(nowMs).flatMap((row) => readDocument(row) ?? []),
  };
}

function cardBooks(database: DatabaseSync) {
  const save = database.prepare(`INSERT INTO keptCard (token, document) VALUES (?, ?)
    ON CONFLICT (token) DO UPDATE SET document = excluded.document`);
  const get = database.prepare('SELECT document FROM keptCard WHERE token = ?');
  const remove = database.prepare('DELETE FROM keptCard WHERE token = ?');
  return {
    saveCard(kept: KeptCard): void {
      save.run(kept.token, JSON.stringify(kept));
    },
    keptCard(token: string): KeptCard | null {
      const row = get.get(token) as { document: string } | undefined;
      return row ? (JSON.parse(row.document) as KeptCard) : null;
    },
    /** False when no such card is kept. */
    forgetCard: (token: string) => remove.run(token).changes > 0,
  };
}

function refundBooks(database: DatabaseSync) {
  const add = database.prepare(
    'INSERT INTO refund (id, refundId, payment, amountMinor) VALUES (?, ?, ?, ?)',
  );
  const get = database.prepare('SELECT 1 FROM refund WHERE refundId = ?');
  const remember = database.prepare('INSERT INTO answered VALUES (?, ?, ?, ?)');
  const recall = database.prepare('SELECT request, body FROM answered WHERE idempotencyKey = ?');
  return {
    saveRefund({ id, refundId, payment, amountMinor }: SandboxRefund): void {
      add.run(id, refundId, payment, String(amountMinor));
    },
    hasRefund: (refundId: string) => get.get(refundId) !== undefined,
    rememberAnswer(key: string, request: string, status: number, body: string): void {
      remember.run(key, request, status, body);
    },
    recallAnswer: (key: string) =>
      (recall.get(key) as { request: string; body: string } | undefined) ?? null,
  };
}

function deliveryBooks(database: DatabaseSync) {
  const add = database.prepare(
    'INSERT INTO delivery (eventId, url, body, dueAtMs) VALUES (?, ?, ?, ?)',
  );
  const due = database.prepare(`SELECT number, eventId, url, body, tries, firstTriedAtMs
    FROM delivery WHERE dueAtMs <= ? ORDER BY dueAtMs, number LIMIT 50`);
  const begin = database.prepare(`UPDATE delivery SET tries = tries + 1, dueAtMs = ?,
    firstTriedAtMs = coalesce(firstTriedAtMs, ?) WHERE number = ?`);
  const resume = database.prepare(
    'UPDATE delivery SET dueAtMs = ? WHERE dueAtMs > ? AND tries > 0',
  );
  const finish = database.prepare(
    'UPDATE delivery SET dueAtMs = ?, lastAnswer = ? WHERE number = ?',
  );
  const last = database.prepare(`SELECT eventId, tries, dueAtMs, lastAnswer, body FROM delivery
    ORDER BY number DESC LIMIT 200`);
  return {
    addDelivery(eventId: string, url: string, body: string, dueAtMs: number): void {
      add.run(eventId, url, body, dueAtMs);
    },
    dueDeliveries: (nowMs: number) => due.all(nowMs) as Delivery[],
    /** At the start: what the last process was sending, or was going to repeat, is due now. */
    resumeDeliveries(nowMs: number): void {
      resume.run(nowMs, nowMs);
    },
    /** If the process dies while sending, the delivery is due again at `dueAtMs`. */
    beginDelivery(number: number, nowMs: number, dueAtMs: number): void {
      begin.run(dueAtMs, nowMs, number);
    },
    /** `dueAtMs` null: no more of it, delivered or given up. */
    finishDelivery(number: number, dueAtMs: number | null, answer: string): void {
      finish.run(dueAtMs, answer, number);
    },
    lastDeliveries: () => last.all() as DeliveryRecord[],
  };
}

function written(payment: SandboxPayment): string {
  const { amountMinor, refundedMinor } = payment;
  const plain = { amountMinor: String(amountMinor), refundedMinor: String(refundedMinor) };
  return JSON.stringify({ ...payment, ...plain });
}

function readDocument(row: unknown): SandboxPayment | null {
  if (!row) return null;
  const { document } = row as { document: string };
  const plain = JSON.parse(document) as SandboxPayment & Record<string, string>;
  return {
    ...plain,
    amountMinor: BigInt(plain.amountMinor),
    refundedMinor: BigInt(plain.refundedMinor),
  };
}
