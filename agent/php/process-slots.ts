/**
 * A bounded number of places for processes. Who finds none free asks for one to be made free and
 * waits in line.
 */
export function processSlots(count: number, makeRoom: () => void) {
  let taken = 0;
  const waiting: ((granted: boolean) => void)[] = [];

  return {
    taken: () => taken,
    isWanted: () => waiting.length > 0,
    /** False when no place came free in time. */
    async take(timeoutMs: number): Promise<boolean> {
      if (taken < count) {
        taken += 1;
        return true;
      }
      makeRoom();
      return new Promise((resolve) => {
        const grant = (granted: boolean) => {
          clearTimeout(timer);
          resolve(granted);
        };
        const timer = setTimeout(
          () => {
            waiting.splice(waiting.indexOf(grant), 1);
            resolve(false);
          },
          Math.max(0, timeoutMs),
        );
        waiting.push(grant);
      });
    },
    /** Hands the place to the longest waiting, if any. */
    free(): void {
      const next = waiting.shift();
      if (next) next(true);
      else taken -= 1;
    },
  };
}
