import { setTimeout as pause } from 'node:timers/promises';
import { startStoika } from '#test/harness/stoika-process.ts';
import type { StoikaPlace, StoikaProcess } from '#test/harness/stoika-process.ts';

/** After the announced change, so that WHMCS is an add-on that people buy. */
const ENV = { SANDBOX_TODAY: '2023-04-10', LOG_LEVEL: 'error' };
/** Of so many kills one comes while the program is still starting. */
const KILLS_PER_EARLY_ONE = 5;
const EARLY_WITHIN_MS = 1500;
/** Nobody asks for anything: it has lived long enough. */
const LIFE_MS_MAX = 10_000;

export type Kills = {
  count: number;
  /** It lives until its clients have had a random number of answers within these bounds. */
  lives: readonly [number, number];
  /** No further kills after so long, however few there were. */
  withinMs: number;
  random: () => number;
  /** Hears of every kill how many there were. */
  onKill?: (killed: number) => void;
};

/** Stoika under somebody who kills it with -9 and starts it again. */
export class MortalStoika {
  killed = 0;
  /** Answers that clients have had. */
  answers = 0;
  /** How long each start took, in milliseconds. */
  readonly startsMs: number[] = [];
  readonly #place: StoikaPlace;
  #process: StoikaProcess;
  #output = '';

  constructor(place: StoikaPlace) {
    this.#place = place;
    this.#process = startStoika(place, { env: ENV });
  }

  get url(): string {
    return this.#process.url;
  }

  /** Settles when the present process answers; a later one is waited for in its place. */
  async ready(): Promise<void> {
    for (;;) {
      const waited = this.#process;
      const isUp = await waited.ready.then(
        () => true,
        () => false,
      );
      if (isUp && waited === this.#process) return;
      if (waited === this.#process) await pause(20);
    }
  }

  async killOften(kills: Kills): Promise<void> {
    const { count, lives, withinMs, random, onKill } = kills;
    const [least, most] = lives;
    await this.#process.ready;
    const endsAt = performance.now() + withinMs;
    while (this.killed < count && performance.now() < endsAt) {
      const early = this.killed % KILLS_PER_EARLY_ONE === KILLS_PER_EARLY_ONE - 1;
      if (early) await Promise.race([this.#started(), pause(random() * EARLY_WITHIN_MS)]);
      else await this.#started();
      if (!early) await this.#lived(least + random() * (most - least));
      await this.#killAndStart();
      onKill?.(this.killed);
    }
    await this.#started();
  }

  /** What the processes printed, newest last. */
  output(): string {
    return this.#output + this.#process.output();
  }

  stop(): Promise<void> {
    return this.#process.stop();
  }

  async #lived(answers: number): Promise<void> {
    const target = this.answers + answers;
    const endsAt = performance.now() + LIFE_MS_MAX;
    while (this.answers < target && performance.now() < endsAt) await pause(5);
  }

  async #killAndStart(): Promise<void> {
    await this.#process.kill();
    this.killed += 1;
    this.#output = (this.#output + this.#process.output()).slice(-200_000);
    const begunAt = performance.now();
    const next = startStoika(this.#place, { env: ENV });
    this.#process = next;
    next.ready.then(
      () => this.startsMs.push(performance.now() - begunAt),
      () => {},
    );
  }

  /** A start that fails by itself is the very thing to find. */
  async #started(): Promise<void> {
    await this.#process.ready;
  }
}
