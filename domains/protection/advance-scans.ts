import type { Ctx, Outside } from '#platform/context.ts';
import { refreshScans } from './account-figures-store.ts';
import { scanInBusinessTime } from './business-time.ts';
import type { EngineAnswer, EngineConnection, EngineScan } from './protection-engine.ts';
import { selectGuardedAccount } from './guarded-account-store.ts';
import { isOver, scanAs } from './scan.ts';
import type { Scan } from './scan.ts';
import { dropTwinsOf, lockScan, openScansOn, saveScan, scanByRef } from './scan-store.ts';

const SCANS_MAX = 50;

export async function hasOpenScans(ctx: Ctx, nodeId: string): Promise<boolean> {
  return (await openScansOn(ctx, nodeId, 1)).length > 0;
}

/** Has the engine begin what was asked for, and asks how far the others are. */
export async function advanceScans(
  outside: Outside,
  engine: EngineConnection,
  nodeId: string,
): Promise<string | null> {
  const scans = await outside.transact((ctx) => openScansOn(ctx, nodeId, SCANS_MAX));
  for (const scan of scans) {
    const answer = await askOf(outside, engine, scan);
    if (answer.kind === 'waiting') continue;
    if (answer.kind === 'unreachable') return answer.message;
    await outside.transact((ctx) => takeAnswer(ctx, scan, answer));
  }
  return null;
}

/** Of an engine that tells of its own accord how a scan goes on. */
type Begun = { kind: 'begun'; scanRef: string };

async function askOf(
  outside: Outside,
  engine: EngineConnection,
  scan: Scan,
): Promise<EngineAnswer<EngineScan> | Begun> {
  if (scan.engineRef !== null) return engine.findScan(scan.engineRef);
  const account = await outside.transact((ctx) => selectGuardedAccount(ctx, scan.accountId));
  if (!account || account.goneAt) {
    return { kind: 'refused', code: 'account-gone', message: 'the account is gone' };
  }
  // Our own id is the key: asked again after a lost answer, it is the same scan.
  const begun = await engine.startScan(account.accountRef, scan.id);
  if (begun.kind !== 'ok') return begun;
  const { scanRef } = begun.value;
  const found = await engine.findScan(scanRef);
  return found.kind === 'waiting' ? { kind: 'begun', scanRef } : found;
}

async function takeAnswer(
  ctx: Ctx,
  asked: Scan,
  answer: EngineAnswer<EngineScan> | Begun,
): Promise<void> {
  const scan = await lockScan(ctx, asked.id);
  if (!scan || isOver(scan)) return;
  if (answer.kind === 'begun') return takeBegun(ctx, scan, answer.scanRef);
  if (answer.kind === 'ok') {
    await dropTwinsOf(ctx, scan, answer.value.scanRef);
    await saveScan(ctx, scanAs(scan, scanInBusinessTime(ctx, answer.value)));
    await refreshScans(ctx, [scan]);
  } else if (answer.kind === 'refused') {
    await saveScan(ctx, { ...scan, state: 'failed', endedAt: ctx.now, lastError: answer.message });
  }
}

/** It may have been told to be done before we knew that it was this one. */
async function takeBegun(ctx: Ctx, scan: Scan, engineRef: string): Promise<void> {
  const { branch, nodeId, id, kind, askedAt } = scan;
  const twin = await scanByRef(ctx, { branch, nodeId, engineRef });
  await dropTwinsOf(ctx, scan, engineRef);
  const begun = { ...scan, engineRef, state: 'waiting' as const };
  await saveScan(ctx, twin ? { ...twin, id, kind, askedAt } : begun);
  await refreshScans(ctx, [scan]);
}
