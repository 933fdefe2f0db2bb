import { readSync, writeSync } from 'node:fs';
import { changeFrame, type ChangeKind } from './change-frames.ts';
import {
  FAN_CLOSE_WRITE,
  FAN_MOVED_TO,
  FAN_ONDIR,
  fanotifyEvents,
  type FanotifyEvent,
} from './fanotify-events.ts';
import { folderNames, pathIn } from './folder-names.ts';
import { keepTwoRights } from './keep-two-rights.ts';
import { openLibc, waitForInput } from './libc.ts';
import { watchedMounts } from './watched-mounts.ts';

/**
 * Watches whole file systems and says what changes below one folder, the only argument. A process
 * of its own because it is the only one that needs rights over other people's files: it opens
 * folders, never a file, follows no link, and reads nothing but the kernel's events. It waits
 * itself, without an event loop, and ends when whoever started it closes its standard input.
 */
const STDIN = 0;
const STDOUT = 1;
/** Changes of a file that stays open are gathered this long; a closed one is told at once. */
const GATHER_MS = 50;
const LOOK_AT_MOUNTS_MS = 60_000;

function say(kind: ChangeKind, payload: Buffer): void {
  const frame = changeFrame(kind, payload);
  for (let at = 0; at < frame.length;) at += writeSync(STDOUT, frame, at);
}

function watch(root: Buffer): void {
  const libc = openLibc();
  const mounts = watchedMounts(libc, root);
  mounts.refresh();
  keepTwoRights(libc);
  const names = folderNames(libc, root, mounts.mountOf);
  const gathered = new Map<string, number>();
  const buffer = Buffer.alloc(1 << 18);
  let mountsAtMs = performance.now();
  say('ready', Buffer.alloc(0));

  const take = ({ mask, folder, name }: FanotifyEvent) => {
    if (!folder) return say('missed', Buffer.alloc(0));
    const isFolder = (mask & FAN_ONDIR) !== 0n;
    if (isFolder && (mask & FAN_MOVED_TO) === 0n) return;
    // From here on folders may stand elsewhere than they did.
    if (isFolder) names.forget();
    const place = names.of(folder);
    if (place === null) return;
    const path = pathIn(place, name);
    const key = path.toString('latin1');
    if (isFolder) return say('folder', path);
    if (mask & (FAN_CLOSE_WRITE | FAN_MOVED_TO)) {
      gathered.delete(key);
      return say('changed', path);
    }
    if (!gathered.has(key)) gathered.set(key, performance.now());
  };

  const tellGathered = () => {
    const before = performance.now() - GATHER_MS;
    for (const [key, sinceMs] of gathered) {
      if (sinceMs > before) return;
      gathered.delete(key);
      say('changed', Buffer.from(key, 'latin1'));
    }
  };

  for (;;) {
    const timeoutMs = gathered.size > 0 ? GATHER_MS : LOOK_AT_MOUNTS_MS;
    const ready = waitForInput(libc, [mounts.fd, STDIN], timeoutMs);
    if (ready.includes(STDIN)) return;
    if (ready.includes(mounts.fd)) {
      const length = readSync(mounts.fd, buffer);
      for (const event of fanotifyEvents(buffer.subarray(0, length))) take(event);
    }
    tellGathered();
    if (performance.now() - mountsAtMs < LOOK_AT_MOUNTS_MS) continue;
    mountsAtMs = performance.now();
    names.forget();
    if (mounts.refresh()) say('missed', Buffer.alloc(0));
  }
}

try {
  watch(Buffer.from(process.argv[2] ?? ''));
} catch (error) {
  say('failed', Buffer.from(error instanceof Error ? error.message : String(error)));
  process.exitCode = 1;
}
