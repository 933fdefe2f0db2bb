import {
  chownSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { GuardOptions } from '../guard-state.ts';
import { openGuard } from '../open-guard.ts';
import { guardPolicy, type GuardEvent } from '../wire.ts';

const defaults: Omit<GuardOptions, 'folder' | 'homes'> = {
  policy: guardPolicy.parse({ server: 'protect' }),
  quarantineBytes: 1 << 24,
  keepDays: 30,
  judgeTimeoutMs: 20_000,
  scanEveryMs: 0,
  mostEvents: 10_000,
  mostFindings: 10_000,
  rules: null,
  outside: { yaraRules: null, clamd: null },
};

/** A guard in this process, over homes that tests fill. */
export function openTestGuard(options: Partial<GuardOptions> = {}) {
  const folder = mkdtempSync(join(tmpdir(), 'stoika-guard-'));
  const homes = join(folder, 'homes');
  mkdirSync(homes);
  const setup = { folder: join(folder, 'guard'), homes, ...defaults, ...options };
  mkdirSync(setup.folder);
  const errors: unknown[] = [];
  const open = () => openGuard(setup, (error) => errors.push(error));
  let guard = open();
  let accounts = 0;
  const uids = new Map<string, number>();
  const give = (path: string | Buffer, accountRef: string) => {
    const uid = uids.get(accountRef);
    if (uid !== undefined && process.getuid?.() === 0) chownSync(path, uid, uid);
  };

  return {
    errors,
    folder: setup.folder,
    guard: () => guard,
    home: (accountRef: string) => join(homes, accountRef),
    addAccount(accountRef: string) {
      uids.set(accountRef, 300_800 + (accounts += 1));
      mkdirSync(join(homes, accountRef), { mode: 0o750 });
      give(join(homes, accountRef), accountRef);
    },
    write(accountRef: string, path: string, content: string | Buffer) {
      const at = join(homes, accountRef, path);
      if (!existsSync(dirname(at))) {
        mkdirSync(dirname(at), { recursive: true });
        give(dirname(at), accountRef);
      }
      writeFileSync(at, content);
      give(at, accountRef);
    },
    give,
    read: (accountRef: string, path: string) => readFileSync(join(homes, accountRef, path), 'utf8'),
    /** As the node does it. */
    announce: (accountRef: string, path: string) =>
      guard.written({
        accountRef,
        path,
        origin: {
          ...{ by: 'upload', script: null, request: null, address: null },
          at: new Date().toISOString(),
        },
      }),
    events: (): GuardEvent[] => guard.events({ after: 0, limit: 1000 }).events,
    async until(enough: (events: GuardEvent[]) => boolean): Promise<GuardEvent[]> {
      for (const until = Date.now() + 30_000; Date.now() < until;) {
        const { events } = guard.events({ after: 0, limit: 1000 });
        if (enough(events)) return events;
        await new Promise((resolve) => setTimeout(resolve, 20));
      }
      throw new Error(`waited in vain: ${JSON.stringify(guard.events({ after: 0, limit: 9 }))}`);
    },
    reopen() {
      guard.stop();
      guard = open();
    },
    close() {
      guard.stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
