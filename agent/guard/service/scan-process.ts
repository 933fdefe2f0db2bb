import { spawn } from 'node:child_process';
import { closeSync, constants, openSync, readSync } from 'node:fs';
import { setPriority } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Owner } from '../mend/mend-file.ts';
import type { RuleSet } from '../scan/rule-set.ts';
import { engineFolders } from './engine-folders.ts';
import { SCAN_FLAGS } from './scan-flags.ts';
import type { FromScan, ScanSetup } from './scan-messages.ts';

const HEAP_MB = 512;
const NICENESS = 15;
const LOOK_EVERY_MS = 1000;
/** Longest that one file may take: several times what the budgets of the analysis allow. */
const STUCK_AFTER_LOOKS = 15;
const LONGEST_PATH = 16_384;

export interface ScanRun {
  owner: Owner;
  /** Ours: keeps what is clean from run to run. */
  folder: string;
  fatalHex: string[];
  gently: boolean;
  rules: RuleSet;
  heard: (message: FromScan) => void;
}

export interface ScanProcess {
  /** True when the scan came to its end, else the file on which it ended, in hex, if it is known. */
  ended: Promise<true | { fatalHex: string | null }>;
  kill: () => void;
}

/** Runs one scan in a process that may read the home and nothing else, as the account. */
export function startScan(run: ScanRun): ScanProcess {
  const { owner, folder, heard } = run;
  const { O_CREAT, O_RDWR } = constants;
  const base = join(folder, owner.accountRef);
  const cache = openSync(`${base}.clean`, O_RDWR | O_CREAT, 0o600);
  const position = openSync(`${base}.at`, 'w+', 0o600);
  const codeFolders = engineFolders();
  const readable = [...codeFolders, owner.home, '/proc/self/fd'];
  const child = spawn(
    process.execPath,
    [
      '--permission',
      ...readable.map((path) => `--allow-fs-read=${path}`),
      '--allow-worker',
      `--max-old-space-size=${HEAP_MB}`,
      ...SCAN_FLAGS,
      '--no-warnings',
      fileURLToPath(new URL('./scan-home-main.ts', import.meta.url)),
    ],
    { cwd: owner.home, env: {}, stdio: ['ignore', 'ignore', 'inherit', 'ipc', cache, position] },
  );
  closeSync(cache);
  lowerPriority(child.pid);
  const { fatalHex, gently, rules } = run;
  const setup: ScanSetup = { kind: 'setup', uid: owner.uid, codeFolders, fatalHex, gently, rules };
  child.send(setup, () => undefined);
  const ended = new Promise<true | { fatalHex: string | null }>((resolve) => {
    let whole = false;
    const watch = watchPosition(position, () => child.kill('SIGKILL'));
    child.on('message', (message: FromScan) => {
      if (message.kind === 'end') {
        whole = true;
        child.disconnect();
      }
      heard(message);
    });
    const end = () => {
      clearInterval(watch);
      resolve(whole || { fatalHex: readPosition(position) });
      closeSync(position);
    };
    child.once('error', end);
    child.once('exit', end);
  });
  return { ended, kill: () => child.kill('SIGKILL') };
}

/** A file that is in hand for too long ends the process: it is told as one that met a limit. */
function watchPosition(position: number, stuck: () => void): NodeJS.Timeout {
  let last: string | null = null;
  let looks = 0;
  return setInterval(() => {
    const now = readPosition(position);
    looks = now !== null && now === last ? looks + 1 : 0;
    last = now;
    if (looks >= STUCK_AFTER_LOOKS) stuck();
  }, LOOK_EVERY_MS);
}

function readPosition(position: number): string | null {
  const place = Buffer.alloc(4 + LONGEST_PATH);
  const got = readSync(position, place, 0, place.length, 0);
  const length = got < 4 ? 0 : place.readUInt32LE();
  // Paths of the walk start with `./`.
  return length < 3 || length + 4 > got ? null : place.toString('hex', 6, 4 + length);
}

function lowerPriority(pid: number | undefined): void {
  try {
    if (pid !== undefined) setPriority(pid, NICENESS);
  } catch {
    // It may be gone already; its exit is seen elsewhere.
  }
}
