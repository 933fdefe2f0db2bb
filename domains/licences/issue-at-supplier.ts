import type { Ctx, Outside } from '#platform/context.ts';
import { licenceIssued, licenceRefused } from './events.ts';
import { nextAttempt } from './licence.ts';
import type { Licence } from './licence.ts';
import { keysFrom, lockLicence, updateLicence } from './store.ts';
import type { IssueMemory, Issued, NotIssued } from './supplier.ts';
import { rememberAsking, rememberOutcome } from './supplier.ts';
import { connectSupplier } from './supplier-account.ts';
import type { ConnectedSupplier } from './supplier-account.ts';
import { leaveTurn, takeTurn } from './supplier-store.ts';

/** Who waits for another licence is woken by it; should that fail, it looks again after so long. */
const QUEUE_PAUSE_S = 300;

/**
 * One attempt to get the key. What must survive a death in the middle is stored before the call:
 * that we asked, when, and which keys were known before. The supplier adapter makes of it either
 * the licence that an earlier attempt bought, or a new one, never both.
 */
export async function issueAtSupplier(
  outside: Outside,
  { id, supplierId }: Licence,
): Promise<void> {
  const supplier = await outside.transact((ctx) => connectSupplier(ctx, supplierId));
  if (!supplier) {
    return outside.transact((ctx) => postpone(ctx, id, `${supplierId} is not set up`, 0));
  }
  if (await outside.transact((ctx) => dropUnasked(ctx, id))) return undefined;
  const known = await knownKeys(outside, id, supplier);
  if (known.kind === 'others-turn') return outside.transact((ctx) => waitForTurn(ctx, id));
  if (known.kind === 'not-listed') {
    return outside.transact((ctx) => postpone(ctx, id, known.message, 0));
  }
  const memory = await outside.transact((ctx) => beginAttempt(ctx, id, supplier, known.keys));
  if (!memory) return undefined;
  const { product } = memory;
  const outcome = await supplier.connection.issue({ intentId: id, product }, memory);
  return outside.transact((ctx) => takeOutcome(ctx, id, memory, outcome));
}

type KnownKeys =
  | { kind: 'keys'; keys: readonly string[] }
  | { kind: 'others-turn' }
  | { kind: 'not-listed'; message: string };

/** The keys known before the first attempt: listed once, or why that could not be done now. */
async function knownKeys(
  outside: Outside,
  id: string,
  { connection, capabilities }: ConnectedSupplier,
): Promise<KnownKeys> {
  if (capabilities.issueKey === 'reference') return { kind: 'keys', keys: [] };
  const before = await outside.transact((ctx) => prepareListing(ctx, id));
  if (before.kind !== 'our-turn') return before;
  const listed = await connection.list();
  if (listed.kind !== 'ok') return { kind: 'not-listed', message: listed.message };
  return { kind: 'keys', keys: listed.licences.map(({ key }) => key) };
}

/** A turn that nobody gives up again would stop the queue: only who is to be issued takes one. */
async function prepareListing(ctx: Ctx, id: string): Promise<KnownKeys | { kind: 'our-turn' }> {
  const licence = await lockLicence(ctx, id);
  if (licence?.state !== 'issuing') return { kind: 'keys', keys: [] };
  // With nothing unexplained others may have bought since: their keys must not pass for ours.
  if (licence.knownKeys && licence.lastAskedAtMs !== null) {
    return { kind: 'keys', keys: licence.knownKeys };
  }
  return { kind: (await takeTurn(ctx, licence.supplierId, id)) ? 'our-turn' : 'others-turn' };
}

type Attempt = IssueMemory & { product: string };

async function beginAttempt(
  ctx: Ctx,
  id: string,
  { capabilities, connection }: ConnectedSupplier,
  known: readonly string[],
): Promise<Attempt | null> {
  if (await dropUnasked(ctx, id)) return null;
  const licence = await lockLicence(ctx, id);
  if (licence?.state !== 'issuing') return null;
  const alone = capabilities.issueKey === 'difference';
  if (alone && !(await takeTurn(ctx, licence.supplierId, id))) {
    await waitForTurn(ctx, id);
    return null;
  }
  const kept = licence.lastAskedAtMs === null ? null : licence.knownKeys;
  const all = kept ?? [...known, ...(await keysFrom(ctx, licence.supplierId))];
  const memory = rememberAsking(licence.lastAskedAtMs, new Set(all), Date.now());
  await updateLicence(ctx, {
    ...licence,
    knownKeys: all,
    askedAtMs: memory.askedAtMs,
    // Should we die in the call, what was asked now is what the next attempt must explain.
    lastAskedAtMs: memory.askedAtMs,
    attempts: licence.attempts + 1,
    queuedAt: null,
    nextAttemptAt: ctx.now.add({ milliseconds: connection.longestCallMs }),
  });
  return { ...memory, product: licence.product };
}

/** Deleted before anything was asked for: there is nothing to buy and nothing to cancel. */
async function dropUnasked(ctx: Ctx, id: string): Promise<boolean> {
  const licence = await lockLicence(ctx, id);
  if (licence?.state !== 'issuing' || !licence.deletedAt || licence.askedAtMs !== null)
    return false;
  await updateLicence(ctx, {
    ...licence,
    state: 'deleted',
    endedAt: ctx.now,
    queuedAt: null,
    nextAttemptAt: null,
  });
  await leaveTurn(ctx, licence.supplierId, id);
  return true;
}

async function takeOutcome(
  ctx: Ctx,
  id: string,
  memory: Attempt,
  outcome: Issued | NotIssued,
): Promise<void> {
  const licence = await lockLicence(ctx, id);
  // A worker that woke too late must not undo what its successor wrote.
  if (licence?.state !== 'issuing' || licence.askedAtMs !== memory.askedAtMs) return;
  if (outcome.kind === 'ok') return takeKey(ctx, licence, outcome);
  if (outcome.kind === 'refused') return takeRefusal(ctx, licence, outcome.message);
  const next = rememberOutcome(memory, outcome);
  const lastAskedAtMs = next === 'settled' ? null : next.lastAskedAtMs;
  if (lastAskedAtMs === null) await leaveTurn(ctx, licence.supplierId, id);
  await updateLicence(ctx, {
    ...licence,
    lastAskedAtMs,
    lastError: outcome.message,
    surplusKeys: outcome.kind === 'waiting' ? outcome.unclearKeys : licence.surplusKeys,
    nextAttemptAt: nextAttempt(licence.attempts, outcome.retryAfterMs, ctx.now),
  });
}

async function takeKey(ctx: Ctx, licence: Licence, { licence: issued, surplusKeys }: Issued) {
  await leaveTurn(ctx, licence.supplierId, licence.id);
  const deleted = licence.deletedAt !== null;
  await updateLicence(ctx, {
    ...licence,
    // The owner deleted it while the supplier was slow: it was bought, so it must be cancelled.
    state: deleted ? 'deleting' : 'active',
    key: issued.key,
    issuedAt: ctx.now,
    surplusKeys,
    lastError: null,
    attempts: 0,
    nextAttemptAt: deleted ? ctx.now : null,
  });
  if (!deleted) await ctx.announce(licenceIssued, factOf(licence));
}

async function takeRefusal(ctx: Ctx, licence: Licence, reason: string): Promise<void> {
  await leaveTurn(ctx, licence.supplierId, licence.id);
  const deleted = licence.deletedAt !== null;
  await updateLicence(ctx, {
    ...licence,
    state: deleted ? 'deleted' : 'refused',
    endedAt: deleted ? ctx.now : null,
    lastAskedAtMs: null,
    lastError: reason,
    nextAttemptAt: null,
  });
  if (deleted) return;
  const { branch, subject, payload } = factOf(licence);
  await ctx.announce(licenceRefused, { branch, subject, payload: { ...payload, reason } });
}

/** Nothing went wrong and nothing was asked: it is woken when the licence before it is done. */
async function waitForTurn(ctx: Ctx, id: string): Promise<void> {
  const licence = await lockLicence(ctx, id);
  if (licence?.state !== 'issuing') return;
  await updateLicence(ctx, {
    ...licence,
    lastError: 'waiting for another licence of this supplier',
    queuedAt: licence.queuedAt ?? ctx.now,
    nextAttemptAt: ctx.now.add({ seconds: QUEUE_PAUSE_S }),
  });
}

async function postpone(
  ctx: Ctx,
  id: string,
  message: string,
  retryAfterMs: number,
): Promise<void> {
  const licence = await lockLicence(ctx, id);
  if (licence?.state !== 'issuing') return;
  // With nothing unexplained the others need not wait out its pause.
  if (licence.lastAskedAtMs === null) await leaveTurn(ctx, licence.supplierId, id);
  await updateLicence(ctx, {
    ...licence,
    attempts: licence.attempts + 1,
    lastError: message,
    queuedAt: null,
    nextAttemptAt: nextAttempt(licence.attempts, retryAfterMs, ctx.now),
  });
}

export function factOf(licence: Licence) {
  return {
    branch: licence.branch,
    subject: licence.subscriptionId,
    payload: {
      licenceId: licence.id,
      entitlementId: licence.entitlementId,
      subscriptionId: licence.subscriptionId,
      clientId: licence.clientId,
      componentId: licence.componentId,
    },
  };
}
