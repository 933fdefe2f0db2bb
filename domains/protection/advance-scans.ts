import type { Ctx, Outside } from '#platform/context.ts';
import { refreshScans } from './account-figures-store.ts';
import { scanInBusinessTime } from './business-time.ts';
import type { EngineAnswer, EngineConnection, EngineScan } from './protection-engine.ts';
import { selectGuardedAccount } from './guarded-account-store.ts';
import { isOver, scanAs } from './scan.ts';
import type { Scan } from './scan.ts';
import { dropTwinsOf, lockScan, openScansOn, saveScan } from './scan-store.ts';

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
    if (answer.kind === 'unreachable') return answer.message;
    await outside.transact((ctx) => takeAnswer(ctx, scan, answer));
  }
  return null;
}

async function askOf(
  outside: Outside,
  engine: EngineConnection,
  scan: Scan,
): Promise<EngineAnswer<EngineScan>> {
  if (scan.engineRef !== null) return engine.findScan(scan.engineRef);
  const account = await outside.transact((ctx) => selectGuardedAccount(ctx, scan.accountId));
  if (!account || account.goneAt) {
    return { kind: 'refused', code: 'account-gone', message: 'the account is gone' };
  }
  // Our own id is the key: asked again after a lost answer, it is the same scan.
  const begun = await engine.startScan(account.accountRef, scan.id);
  return begun.kind === 'ok' ? engine.findScan(begun.value.scanRef) : begun;
}

async function takeAnswer(ctx: Ctx, asked: Scan, answer: EngineAnswer<EngineScan>): Promise<void> {
  const scan = await lockScan(ctx, asked.id);
  if (!scan || isOver(scan)) return;
  if (answer.kind === 'ok') {
    await dropTwinsOf(ctx, scan, answer.value.scanRef);
    await saveScan(ctx, scanAs(scan, scanInBusinessTime(ctx, answer.value)));
    await refreshScans(ctx, [scan]);
  } else if (answer.kind === 'refused') {
    await saveScan(ctx, { ...scan, state: 'failed', endedAt: ctx.now, lastError: answer.message });
  }
}
