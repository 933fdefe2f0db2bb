import { execFileSync } from 'node:child_process';

const SCALE = 20;
const SECONDS = 10;

/**
 * Transactions a second of pgbench's TPC-B (three updates, a select and an insert) with prepared
 * statements; null where there is no pgbench on this machine.
 */
export function tpcB(url: string, clients: number): number | null {
  try {
    execFileSync('pgbench', ['-q', '-i', '-s', String(SCALE), url], { stdio: 'ignore' });
    const output = execFileSync(
      'pgbench',
      ['-n', '-M', 'prepared', '-c', String(clients), '-j', '2', '-T', String(SECONDS), url],
      { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] },
    );
    return Number(/tps = ([\d.]+)/.exec(output)?.[1] ?? Number.NaN);
  } catch (error) {
    if ((error as { code?: string }).code === 'ENOENT') return null;
    throw error;
  }
}
