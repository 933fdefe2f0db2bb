import { refuse } from '#kit/refusal.ts';
import type { Ctx } from '#platform/context.ts';
import { connectEngine } from './connect-engine.ts';
import type { GuardedAccount } from './guarded-account.ts';
import { wakeNode } from './guarded-node-store.ts';
import { syncNodeJob } from './jobs.ts';
import type { Scan } from './scan.ts';
import { isOver } from './scan.ts';
import { saveScan, scansOf } from './scan-store.ts';

/**
 * Asks for a look at all files of an account. While one is under way that one is it. Refuses
 * `engine-cannot`, `protection-off`, `account-not-guarded`.
 */
export async function startScan(ctx: Ctx, account: GuardedAccount | null): Promise<Scan> {
  if (!account || account.goneAt) refuse('account-not-guarded');
  if (account.mode === 'off') refuse('protection-off');
  const connected = await connectEngine(ctx, account.nodeId);
  if (connected.kind === 'connected' && !connected.capabilities.scan) refuse('engine-cannot');
  const running = (await scansOf(ctx, account.accountId, 5)).find(
    (scan) => !isOver(scan) && scan.kind === 'on-demand',
  );
  if (running) return running;
  const scan: Scan = {
    id: ctx.newId('scn', account.branch),
    branch: account.branch,
    accountId: account.accountId,
    nodeId: account.nodeId,
    engineRef: null,
    kind: 'on-demand',
    state: 'wanted',
    askedAt: ctx.now,
    startedAt: null,
    endedAt: null,
    scannedFiles: 0,
    records: 0,
    malicious: 0,
    compromised: 0,
    lastError: null,
  };
  await saveScan(ctx, scan);
  await wakeNode(ctx, account.nodeId);
  await ctx.enqueue(syncNodeJob, { nodeId: account.nodeId });
  return scan;
}
