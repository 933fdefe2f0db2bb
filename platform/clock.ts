/** Where business time comes from. Sessions, rate limits and signatures use the machine's own. */
export interface Clock {
  now(): Temporal.Instant;
}

export const realClock: Clock = { now: () => Temporal.Now.instant() };

/** A clock for tests: it stands still until it is set. Time never goes back. */
export class ManualClock implements Clock {
  #now: Temporal.Instant;

  constructor(start: Temporal.Instant | string) {
    this.#now = Temporal.Instant.from(start);
  }

  now(): Temporal.Instant {
    return this.#now;
  }

  set(to: Temporal.Instant | string): void {
    const next = Temporal.Instant.from(to);
    if (Temporal.Instant.compare(next, this.#now) < 0) throw new RangeError('time goes forward');
    this.#now = next;
  }
}
