import type { Hono } from 'hono';

export type VisitorAnswer = {
  status: number;
  // oxlint-disable-next-line typescript/no-explicit-any
  body: any;
  headers: Headers;
};

export type VisitorOptions = {
  /** The host name the visitor opened, with a port if it has one. */
  host?: string;
  address?: string;
  /** An API key; a visitor with one sends no cookies and no page mark. */
  key?: string;
};

/** A browser at one host name, or a program with an API key: sends requests and keeps cookies. */
export class Visitor {
  readonly cookies = new Map<string, string>();
  readonly #app: Pick<Hono, 'fetch'>;
  readonly #options: VisitorOptions;

  constructor(app: unknown, options: VisitorOptions = {}) {
    this.#app = app as Pick<Hono, 'fetch'>;
    this.#options = options;
  }

  async call(
    method: string,
    path: string,
    body?: unknown,
    headers: Record<string, string> = {},
  ): Promise<VisitorAnswer> {
    const { host = 'localhost', address = '127.0.0.1', key } = this.#options;
    const sent: Record<string, string> = {
      host,
      'user-agent': 'visitor',
      ...(key ? { authorization: `Bearer ${key}` } : this.#browserHeaders(host)),
      ...(body !== undefined && { 'content-type': 'application/json' }),
      ...headers,
    };
    const request = new Request(`http://${host}${path}`, {
      method,
      headers: sent,
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
    const bindings = { incoming: { socket: { remoteAddress: address } } };
    const response = await this.#app.fetch(request, bindings as never);
    this.#keepCookies(response.headers);
    const text = await response.text();
    const isJson = response.headers.get('content-type')?.includes('json') ?? true;
    return {
      status: response.status,
      // A file is its text.
      body: text === '' ? null : isJson ? JSON.parse(text) : text,
      headers: response.headers,
    };
  }

  #browserHeaders(host: string): Record<string, string> {
    const cookie = [...this.cookies].map(([name, value]) => `${name}=${value}`).join('; ');
    return {
      'x-stoika-request': '1',
      origin: `http://${host}`,
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
      if (isGone || value === '') this.cookies.delete(name);
      else this.cookies.set(name, value);
    }
  }
}
