import type { Logger } from 'pino';

const FIRST_MS = 2000;
const LONGEST_MS = 60_000;

/** How long to leave a centre alone that does not answer as it should; said once, and when it is over. */
export function callPauses(log: Logger) {
  let failures = 0;
  return {
    isFailing: () => failures > 0,
    after(words: string): number {
      if (failures === 0) log.warn({ words }, 'the centre cannot be told; it will be');
      const longest = Math.min(LONGEST_MS, FIRST_MS * 2 ** Math.min(failures, 10));
      failures += 1;
      // Not all servers at once when it is there again.
      return longest * (0.5 + Math.random() / 2);
    },
    over(): void {
      if (failures > 0) log.info('the centre is there again');
      failures = 0;
    },
  };
}
