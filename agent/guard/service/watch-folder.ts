import { mkdir, realpath } from 'node:fs/promises';
import { basename, dirname, join, relative } from 'node:path';
import { externalRef } from '../../records/names.ts';
import type { RuleFolder } from '../scan/rule-folder.ts';
import { watchChanges, type ChangeWatch } from '../watch/watch-changes.ts';
import { openGuard } from './open-guard.ts';
import { isOurs, seenOnDisk } from './seen-on-disk.ts';
import { guardPolicy, type GuardEvent } from './wire.ts';

const LOOK_EVERY_MS = 200;
const SCAN_EVERY_MS = 2 * 3_600_000;

export interface WatchOrder {
  folder: string;
  /** Ours: findings, events, originals. Not inside the folder that is watched. */
  dataFolder: string;
  mode: 'detect' | 'protect';
  /** Signed packs; null: the rules that come with the program. */
  rules: RuleFolder | null;
  told: (event: GuardEvent) => void;
  failed: (error: unknown) => void;
}

export interface FolderWatch extends Pick<ChangeWatch, 'kind' | 'why'> {
  stop: () => void;
}

/**
 * Guards one folder of a server without any node: what is written there is looked at within a
 * second, everything else by scans, and mended where the mode is protect. Needs no rights but those
 * of the files' owner; root's are used to watch file systems as a whole. Rejects with words that say
 * what is wrong.
 */
export async function watchFolder(order: WatchOrder): Promise<FolderWatch> {
  const { told, failed, mode } = order;
  const folder = await realpath(order.folder);
  await mkdir(order.dataFolder, { recursive: true, mode: 0o700 });
  const dataFolder = await realpath(order.dataFolder);
  const accountRef = externalRef.parse(basename(folder));
  if (!relative(folder, dataFolder).startsWith('..')) {
    throw new Error('The data folder must not stand inside the folder that is watched.');
  }
  const guard = openGuard(
    {
      folder: dataFolder,
      homes: dirname(folder),
      policy: guardPolicy.parse({ server: 'off', accounts: [{ accountRef, mode }] }),
      // One account keeps at most half.
      quarantineBytes: 1024 * 1024 * 1024,
      keepDays: 30,
      judgeTimeoutMs: 7000,
      scanEveryMs: SCAN_EVERY_MS,
      mostEvents: 20_000,
      mostFindings: 100_000,
      rules: order.rules,
      outside: { yaraRules: null, clamd: null },
    },
    failed,
  );
  const watching = await watchChanges(folder, {
    changed: (path) => {
      if (isOurs(path)) return;
      guard.writtenBytes({ accountRef, path, origin: seenOnDisk() });
    },
    missed: () => guard.missed(accountRef),
    failed,
  }).catch((error: unknown) => {
    guard.stop();
    throw error;
  });
  // Earlier lives have told theirs.
  let after = guard.events({ after: Number.MAX_SAFE_INTEGER, limit: 1 }).nextAfter;
  const telling = setInterval(() => {
    const page = guard.events({ after, limit: 1000 });
    after = page.nextAfter;
    for (const event of page.events) told(event);
  }, LOOK_EVERY_MS);
  return {
    kind: watching.kind,
    why: watching.why,
    stop: () => {
      clearInterval(telling);
      watching.stop();
      guard.stop();
    },
  };
}

/** Where findings and originals go unless somebody says otherwise. */
export function defaultDataFolder(environment: NodeJS.ProcessEnv): string {
  const home = environment['XDG_STATE_HOME'] ?? join(environment['HOME'] ?? '.', '.local/state');
  return join(home, 'stoika-guard');
}
