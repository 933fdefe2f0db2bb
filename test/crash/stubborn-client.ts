import { setTimeout as pause } from 'node:timers/promises';
import { HttpVisitor } from '#test/harness/http-visitor.ts';
import type { HttpAnswer } from '#test/harness/http-visitor.ts';
import type { MortalStoika } from './mortal-stoika.ts';

const TRIES_MAX = 200;
const PAUSE_MS = 100;

/**
 * A client as a good one is: whoever got no answer, or the server's apology, sends the very same
 * request again under the same key until it is told what became of it.
 */
export class StubbornClient {
  readonly name: string;
  readonly host: string;
  /** Requests sent again because their answer was lost. */
  repeats = 0;
  readonly #stoika: MortalStoika;
  readonly #visitor: HttpVisitor;
  #keys = 0;

  constructor(stoika: MortalStoika, name: string, options: { host: string; address: string }) {
    this.name = name;
    this.host = options.host;
    this.#stoika = stoika;
    this.#visitor = new HttpVisitor({ url: stoika.url, timeoutMs: 15_000, ...options });
  }

  async call(method: string, path: string, body?: unknown): Promise<HttpAnswer> {
    this.#keys += 1;
    const headers: Record<string, string> =
      method === 'GET' ? {} : { 'idempotency-key': `${this.name}-${this.#keys}` };
    for (let tries = 1; tries <= TRIES_MAX; tries += 1) {
      const answer = await this.#visitor.call(method, path, body, headers).catch(() => null);
      if (answer) this.#stoika.answers += 1;
      if (answer && answer.status < 500 && answer.status !== 429) return answer;
      this.repeats += 1;
      await pause(PAUSE_MS);
      await this.#stoika.ready();
    }
    throw new Error(`${method} ${path} was never answered`);
  }

  /** The same, and throws unless it worked. */
  async ok(method: string, path: string, body?: unknown): Promise<HttpAnswer['body']> {
    const answer = await this.call(method, path, body);
    if (answer.status < 300) return answer.body;
    throw new Error(
      `${this.name}: ${method} ${path}: ${answer.status} ${JSON.stringify(answer.body)}`,
    );
  }

  /** Looks every now and then until it is so; gives up quietly, for people do. */
  async waitFor(isSo: () => Promise<boolean>, withinMs: number): Promise<boolean> {
    const endsAt = performance.now() + withinMs;
    while (performance.now() < endsAt) {
      if (await isSo()) return true;
      await pause(200);
    }
    return false;
  }

  close(): void {
    this.#visitor.close();
  }
}
