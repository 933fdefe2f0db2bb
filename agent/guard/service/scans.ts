import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { findingIdOf } from './finding-store.ts';
import { accountsIn, type GuardState } from './guard-state.ts';
import { accountMode, mayProtect } from './mode-of.ts';
import { runScan } from './run-scan.ts';
import type { ScanProcess } from './scan-process.ts';
import { openScanStore } from './scan-store.ts';
import type { ScanView } from './wire.ts';

/**
 * Scans of accounts, one at a time. What a restart cuts short is taken up again: files that were
 * found clean by then are not looked at twice.
 */
export function openScans(state: GuardState, failed: (error: unknown) => void) {
  const store = openScanStore(join(state.options.folder, 'scans'));
  let current: ScanProcess | null = null;
  let busy = false;
  let stopped = false;
  const control = {
    folder: store.folder,
    started: (process: ScanProcess | null) => (current = process),
    isStopped: () => stopped,
  };

  const work = async () => {
    busy = true;
    for (let scan = store.next(); scan && !stopped; scan = store.next()) {
      const running = store.save({ ...scan, state: 'running', startedAt: state.now() });
      try {
        store.save(await runScan(state, running, control));
      } catch (error) {
        failed(error);
        store.save({ ...running, state: 'failed', endedAt: state.now() });
      }
    }
    busy = false;
  };

  const order = (accountRef: string, scanKind: ScanView['scanKind'], key?: string): ScanView => {
    const scanId = key === undefined ? randomUUID() : findingIdOf('scan', accountRef, key);
    const before = store.get(scanId);
    if (before) return before;
    const none = { scannedFiles: 0, records: 0, malicious: 0, compromised: 0 };
    const times = { startedAt: null, endedAt: null };
    const scan = { scanId, accountRef, scanKind, state: 'waiting' as const, ...times, ...none };
    store.save(scan);
    if (!busy) void work();
    return scan;
  };

  return {
    /** The same key for the same account is the same scan. */
    order,
    get: store.get,
    lastOf: (accountRef: string) =>
      store.ofAccount(accountRef).findLast(({ startedAt }) => startedAt !== null) ?? null,
    /** Takes up what a restart left. */
    resume(): void {
      if (!busy) void work();
    },
    /** Orders what is due. */
    orderDue(): void {
      const { scanEveryMs } = state.options;
      const dueBefore = Date.parse(state.now()) - scanEveryMs;
      for (const accountRef of scanEveryMs > 0 ? lookedAfter(state) : []) {
        const own = store.ofAccount(accountRef);
        const open = own.some(({ state: now }) => now === 'waiting' || now === 'running');
        const last = own.findLast(({ endedAt }) => endedAt !== null);
        if (open || (last?.endedAt && Date.parse(last.endedAt) > dueBefore)) continue;
        order(accountRef, last ? 'delta' : 'first');
      }
    },
    /** A look at whatever may have changed, anywhere (null); one under way began too early. */
    orderAll(only: string | null): void {
      for (const accountRef of lookedAfter(state)) {
        if (only !== null && only !== accountRef) continue;
        const own = store.ofAccount(accountRef);
        if (!own.some(({ state: now }) => now === 'waiting')) order(accountRef, 'delta');
      }
    },
    stop(): void {
      stopped = true;
      current?.kill();
    },
  };
}

/** Accounts of which anything is looked at at all. */
function lookedAfter({ options, policy }: GuardState): string[] {
  return accountsIn(options).filter(
    (accountRef) => mayProtect(policy, accountRef) || accountMode(policy, accountRef) !== 'off',
  );
}
