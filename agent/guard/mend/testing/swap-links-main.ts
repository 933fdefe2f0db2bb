import { renameSync, symlinkSync, unlinkSync } from 'node:fs';

/** Turns a file, its folder and the folder above into links to the outside and back, without end. */
const [home = '', outside = ''] = process.argv.slice(2);
const swaps = [
  { at: `${home}/site/deep/a.php`, to: `${outside}/deep/a.php` },
  { at: `${home}/site/deep`, to: `${outside}/deep` },
  { at: `${home}/site`, to: outside },
];
const pause = new Int32Array(new SharedArrayBuffer(4));

process.send?.('swapping');
for (let round = 0; process.connected; round += 1) {
  const swap = swaps[round % swaps.length];
  if (!swap) continue;
  const held = `${swap.at}.hold`;
  if (attempt(() => renameSync(swap.at, held))) {
    attempt(() => symlinkSync(swap.to, swap.at));
    Atomics.wait(pause, 0, 0, (round % 7) * 0.05);
    attempt(() => unlinkSync(swap.at));
    attempt(() => renameSync(held, swap.at));
  }
  Atomics.wait(pause, 0, 0, (round % 11) * 0.1);
}

/** The mender works on the same names: a step may find its file gone. */
function attempt(step: () => void): boolean {
  try {
    step();
    return true;
  } catch {
    return false;
  }
}
