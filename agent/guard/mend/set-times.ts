import { spawnSync } from 'node:child_process';
import { futimesSync } from 'node:fs';

/**
 * Sets a file's times to the nanosecond. Node's own call keeps microseconds only, so touch(1) does
 * it, on the open descriptor; where it is missing, microseconds must do.
 */
export function setTimes(fd: number, atimeNs: string, mtimeNs: string): void {
  const done = [
    ['-a', atimeNs],
    ['-m', mtimeNs],
  ].every(([flag = '', at = '']) => {
    const child = spawnSync('touch', ['-c', flag, '-d', `@${seconds(at)}`, '/proc/self/fd/3'], {
      stdio: ['ignore', 'ignore', 'ignore', fd],
      env: { PATH: '/usr/bin:/bin', TZ: 'UTC', LC_ALL: 'C' },
      timeout: 5000,
    });
    return child.status === 0;
  });
  if (!done) futimesSync(fd, Number(atimeNs) / 1e9, Number(mtimeNs) / 1e9);
}

/** `-1.5` for half a second and one before 1970, as touch reads it. */
function seconds(nanoseconds: string): string {
  const negative = nanoseconds.startsWith('-');
  const digits = (negative ? nanoseconds.slice(1) : nanoseconds).padStart(10, '0');
  return `${negative ? '-' : ''}${digits.slice(0, -9)}.${digits.slice(-9)}`;
}
