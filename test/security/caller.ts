import { createORPCClient } from '@orpc/client';
import { OpenAPILink } from '@orpc/openapi-client/fetch';
import type { Hono } from 'hono';
import { apiContract } from '#app/contract.ts';
import type { Operation } from './operations.ts';

export type Answer = { status: number; text: string; code: string };

export type CallerOptions = { host: string; address: string; key?: string };

type Nested = { [name: string]: Nested } & ((input: unknown) => Promise<unknown>);

/** Somebody who calls operations over HTTP: a browser with its cookies, or a program with a key. */
export class Caller {
  readonly host: string;
  readonly #cookies = new Map<string, string>();
  readonly #client: Nested;
  #last: Response | null = null;
  #keys = 0;

  constructor(app: unknown, { host, address, key }: CallerOptions) {
    this.host = host;
    const link = new OpenAPILink(apiContract, {
      url: `http://${host}`,
      headers: () => ({
        host,
        'idempotency-key': `${address}-${(this.#keys += 1)}`,
        ...(key ? { authorization: `Bearer ${key}` } : this.#browserHeaders()),
      }),
      fetch: async (request) => {
        const bindings = { incoming: { socket: { remoteAddress: address } } };
        const response = await (app as Hono).fetch(request, bindings as never);
        this.#keepCookies(response.headers);
        this.#last = response.clone();
        return response;
      },
    });
    this.#client = createORPCClient(link) as unknown as Nested;
  }

  /** What came back, whether our own client could make something of it or not. */
  async call({ path, name }: Pick<Operation, 'path' | 'name'>, input: unknown): Promise<Answer> {
    const target = path.reduce((part, step) => part[step] as Nested, this.#client);
    this.#last = null;
    await target(input).catch(() => null);
    const response = this.#last as Response | null;
    if (!response) throw new Error(`${name} could not be sent`);
    const text = await response.text();
    const code = response.ok ? '' : String((JSON.parse(text) as { code?: unknown }).code);
    return { status: response.status, text, code };
  }

  #browserHeaders(): Record<string, string> {
    const cookie = [...this.#cookies].map(([name, value]) => `${name}=${value}`).join('; ');
    return {
      'x-stoika-request': '1',
      origin: `http://${this.host}`,
      'sec-fetch-site': 'same-origin',
      ...(cookie !== '' && { cookie }),
    };
  }

  #keepCookies(headers: Headers): void {
    for (const line of headers.getSetCookie()) {
      const [pair = '', ...attributes] = line.split(';');
      const cut = pair.indexOf('=');
      const [name, value] = [pair.slice(0, cut), pair.slice(cut + 1)];
      const isGone = attributes.some((text) => /^\s*max-age=0$/i.test(text));
      if (isGone || value === '') this.#cookies.delete(name);
      else this.#cookies.set(name, value);
    }
  }
}
