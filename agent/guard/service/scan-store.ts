import { mkdirSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { writeDurably } from '../mend/write-durably.ts';
import { scanView, type ScanView } from './wire.ts';

const MOST_KEPT = 500;

/** Scans of this server, the newest ones; those that a restart cut short wait again. */
export function openScanStore(folder: string) {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const scans = new Map(readScans(folder).map((scan) => [scan.scanId, scan] as const));

  return {
    folder,
    get: (scanId: string) => scans.get(scanId) ?? null,
    ofAccount: (ref: string) => [...scans.values()].filter(({ accountRef }) => accountRef === ref),
    /** People before timers. */
    next: () => {
      const waiting = [...scans.values()].filter(({ state }) => state === 'waiting');
      return waiting.find(({ scanKind }) => scanKind === 'on-demand') ?? waiting[0];
    },
    save(scan: ScanView): ScanView {
      scans.set(scan.scanId, scan);
      writeDurably(join(folder, `${scan.scanId}.json`), Buffer.from(JSON.stringify(scan)));
      for (const { scanId } of [...scans.values()].slice(0, -MOST_KEPT)) {
        scans.delete(scanId);
        rmSync(join(folder, `${scanId}.json`), { force: true });
      }
      return scan;
    },
  };
}

function readScans(folder: string): ScanView[] {
  const names = readdirSync(folder).filter((name) => name.endsWith('.json'));
  const read = names.map((name) => {
    const scan = scanView.parse(JSON.parse(readFileSync(join(folder, name), 'utf8')));
    return scan.state === 'running' ? { ...scan, state: 'waiting' as const } : scan;
  });
  return read.toSorted((a, b) => ((a.endedAt ?? '~') < (b.endedAt ?? '~') ? -1 : 1));
}
