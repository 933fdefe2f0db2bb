import { readdirSync, readFileSync } from 'node:fs';

/** Linux counts in hundredths of a second for whoever reads /proc. */
const MS_PER_TICK = 10;

type Stat = { parent: number; cpuMs: number; endedMs: number };

function readStat(pid: number): Stat | null {
  try {
    const text = readFileSync(`/proc/${pid}/stat`, 'utf8');
    // proc(5): after the name in brackets come state, parent, … and as 12th and 13th the times, then
    // those of children that have ended.
    const fields = text.slice(text.lastIndexOf(')') + 2).split(' ');
    const ticks = Number(fields[11]) + Number(fields[12]);
    const endedTicks = Number(fields[13]) + Number(fields[14]);
    return {
      parent: Number(fields[1]),
      cpuMs: ticks * MS_PER_TICK,
      endedMs: endedTicks * MS_PER_TICK,
    };
  } catch {
    return null;
  }
}

/**
 * What a process and its children have used of the processors so far, or 0 where there is no
 * /proc. Unlike a latency it says the same on a busy machine and on an idle one.
 */
export function cpuTimeMs(pid: number): { own: number; children: number } {
  const self = readStat(pid);
  const own = self?.cpuMs ?? 0;
  let children = self?.endedMs ?? 0;
  for (const name of process.platform === 'linux' ? readdirSync('/proc') : []) {
    const stat = /^\d+$/.test(name) ? readStat(Number(name)) : null;
    if (stat?.parent === pid) children += stat.cpuMs;
  }
  return { own, children };
}
