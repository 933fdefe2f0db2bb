import { sql } from 'kysely';
import type { Clock } from './clock.ts';
import type { Db } from './database/database.ts';

/**
 * The sandbox's clock: the machine's time plus an offset kept in the database, so that every
 * process of a sandbox agrees and a restart keeps it. Staff move it forward; it never goes back.
 */
export class SandboxClock implements Clock {
  #offset = Temporal.Duration.from({ seconds: 0 });
  readonly #db: Db;

  constructor(db: Db) {
    this.#db = db;
  }

  now(): Temporal.Instant {
    return Temporal.Now.instant().add(this.#offset);
  }

  /** Reads the shared offset; called at start and on a timer by processes that did not move it. */
  async refresh(): Promise<void> {
    const { rows } = await sql<{ ms: bigint }>`select offset_ms as ms from sandbox_clock`.execute(
      this.#db,
    );
    this.#offset = Temporal.Duration.from({ milliseconds: Number(rows[0]?.ms ?? 0n) });
  }

  /** Moves every process of the sandbox to `to`; a time before now leaves the clock alone. */
  async moveTo(to: Temporal.Instant): Promise<void> {
    const offsetMs = to.epochMilliseconds - Date.now();
    await sql`
      insert into sandbox_clock (one, offset_ms) values (true, ${offsetMs})
      on conflict (one) do update
        set offset_ms = greatest(sandbox_clock.offset_ms, excluded.offset_ms)
    `.execute(this.#db);
    await this.refresh();
  }
}
