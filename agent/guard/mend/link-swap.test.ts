import { fork } from 'node:child_process';
import { once } from 'node:events';
import {
  chownSync,
  closeSync,
  lstatSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { mendFile } from './mend-file.ts';
import { restoreFile } from './restore-file.ts';
import { judgedNow, openMendFolder } from './testing/open-mend-folder.ts';

const rounds = Number(process.env['STOIKA_SWAP_ROUNDS'] ?? 300);
const SHELL = `<?php return; eval($_POST['stoika']);`;
let folder: ReturnType<typeof openMendFolder>;
beforeEach(() => (folder = openMendFolder()));
afterEach(() => folder.close());

/**
 * The attacker of CVE-2020-3350 and its kind: while the mender works, the folder above the file,
 * the one above that, and the file itself turn into links to somebody else's and back, as fast as
 * a thread can. What lies outside must stay as it is, byte for byte and with its times.
 */
test(
  'links swapped in at every level while a file is mended and restored reach nothing outside',
  { timeout: 60_000 + rounds * 20 },
  async () => {
    const outside = join(folder.folder, 'outside');
    mkdirSync(join(outside, 'deep'), { recursive: true });
    const targets = [join(outside, 'a.php'), join(outside, 'deep', 'a.php')];
    for (const target of targets) writeFileSync(target, SHELL);
    // Even where the account itself could write there, nothing may follow a link.
    for (const path of [outside, join(outside, 'deep'), ...targets]) {
      if (folder.owner.uid !== null) chownSync(path, folder.owner.uid, folder.owner.uid);
    }
    const before = targets.map((target) => lstatSync(target, { bigint: true }));
    folder.makeFolder('site');
    folder.makeFolder('site/deep');
    const real = openSync(folder.at('site/deep'), 'r'); // as long as it is no link
    const program = fileURLToPath(new URL('./testing/swap-links-main.ts', import.meta.url));
    const swapper = fork(program, [folder.owner.home, outside]);
    await once(swapper, 'message');
    const outcomes = new Map<string, number>();
    try {
      // On a busy machine the swapper may stand still for many rounds, in one place or the other.
      const deadline = Date.now() + 30_000;
      const isRaced = () => outcomes.has('mended') && outcomes.size > 1;
      for (let round = 0; round < rounds || !(isRaced() || Date.now() > deadline); round += 1) {
        const outcome = oneRound(real, round);
        outcomes.set(outcome, (outcomes.get(outcome) ?? 0) + 1);
      }
    } finally {
      swapper.kill('SIGKILL');
      await once(swapper, 'exit');
      closeSync(real);
    }
    expect(targets.map((target) => readFileSync(target, 'utf8'))).toEqual([SHELL, SHELL]);
    const after = targets.map((target) => lstatSync(target, { bigint: true }));
    expect(after.map(identity)).toEqual(before.map(identity));
    expect(readdirSync(outside).toSorted()).toEqual(['a.php', 'deep']);
    expect(readdirSync(join(outside, 'deep'))).toEqual(['a.php']);
    if (process.env['STOIKA_SWAP_ROUNDS'])
      process.stdout.write(`${JSON.stringify([...outcomes])}\n`);
    // The race was run, and not lost by standing still.
    expect([...outcomes.keys()]).toContain('mended');
    expect(outcomes.size).toBeGreaterThan(1);
  },
);

/** The file is written by its folder's descriptor: the test itself must not walk into the links. */
function oneRound(real: number, round: number): string {
  const at = Buffer.from(`/proc/self/fd/${real}/a.php`);
  const order = tryTo(() => {
    rmSync(at.toString(), { force: true });
    writeFileSync(at.toString(), SHELL, { mode: 0o640, flag: 'wx' });
    folder.give(at);
    const judged = judgedNow(at);
    const content = round % 2 ? null : Buffer.from('clean');
    return folder.order('site/deep/a.php', content, { findingId: `f${round}`, judged });
  });
  if (!order) return 'swapped-before';
  const mended = mendFile(folder.quarantine, order);
  if (mended.kind === 'left') return mended.reason;
  const restored = restoreFile(folder.quarantine, mended.record, folder.owner);
  return restored.kind === 'left' ? `restore-${restored.reason}` : 'mended';
}

function tryTo<T>(task: () => T): T | null {
  try {
    return task();
  } catch {
    return null;
  }
}

const identity = (stats: ReturnType<typeof lstatSync> & object) => {
  const { ino, size, mode, uid, nlink } = stats as unknown as Record<string, bigint>;
  return [ino, size, mode, uid, nlink];
};
