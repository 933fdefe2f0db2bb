import { Agent, request as send } from 'node:http';
import type { IncomingHttpHeaders } from 'node:http';

export type HttpAnswer = {
  status: number;
  // oxlint-disable-next-line typescript/no-explicit-any
  body: any;
  headers: IncomingHttpHeaders;
};

export type HttpVisitorOptions = {
  url: string;
  /** The host name to ask for; by default the one in `url`. */
  host?: string;
  /** The address to come from: 127.0.0.0/8 has enough of them for a crowd. */
  address?: string;
  timeoutMs?: number;
};

/**
 * A browser on a real socket: one kept-alive connection, cookies, and the marks that our own pages
 * send. What `Visitor` is within a process. Rejects when no whole answer came.
 */
export class HttpVisitor {
  readonly cookies = new Map<string, string>();
  readonly #url: URL;
  readonly #options: HttpVisitorOptions;
  readonly #agent: Agent;

  constructor(options: HttpVisitorOptions) {
    this.#url = new URL(options.url);
    this.#options = options;
    this.#agent = new Agent({ keepAlive: true, maxSockets: 1 });
  }

  call(
    method: string,
    path: string,
    body?: unknown,
    headers: Record<string, string> = {},
  ): Promise<HttpAnswer> {
    return this.send(method, path, body === undefined ? null : JSON.stringify(body), headers);
  }

  /** The same with a body as it stands, whether it is JSON or not. */
  send(
    method: string,
    path: string,
    text: string | null,
    headers: Record<string, string> = {},
  ): Promise<HttpAnswer> {
    const { address, timeoutMs = 30_000 } = this.#options;
    const host = `${this.#options.host ?? this.#url.hostname}:${this.#url.port}`;
    const cookie = [...this.cookies].map(([name, value]) => `${name}=${value}`).join('; ');
    const { promise, resolve, reject } = Promise.withResolvers<HttpAnswer>();
    const request = send({
      host: '127.0.0.1',
      port: this.#url.port,
      localAddress: address,
      method,
      path,
      agent: this.#agent,
      timeout: timeoutMs,
      headers: {
        host,
        'user-agent': 'visitor',
        'x-stoika-request': '1',
        origin: `http://${host}`,
        'sec-fetch-site': 'same-origin',
        ...(cookie && { cookie }),
        ...(text !== null && {
          'content-type': 'application/json',
          'content-length': String(Buffer.byteLength(text)),
        }),
        ...headers,
      },
    });
    request.on('error', reject);
    request.on('timeout', () => request.destroy(new Error(`${method} ${path}: no answer`)));
    request.on('response', (response) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.on('error', reject);
      response.on('end', () => {
        this.#keepCookies(response.headers['set-cookie'] ?? []);
        resolve({
          status: response.statusCode ?? 0,
          body: bodyOf(Buffer.concat(chunks).toString(), response.headers),
          headers: response.headers,
        });
      });
    });
    request.end(text ?? undefined);
    return promise;
  }

  close(): void {
    this.#agent.destroy();
  }

  #keepCookies(lines: readonly string[]): void {
    for (const line of lines) {
      const [pair = '', ...attributes] = line.split(';');
      const cut = pair.indexOf('=');
      const [name, value] = [pair.slice(0, cut), pair.slice(cut + 1)];
      const isGone = attributes.some((text) => /^\s*max-age=0$/i.test(text));
      if (isGone || value === '') this.cookies.delete(name);
      else this.cookies.set(name, value);
    }
  }
}

function bodyOf(text: string, headers: IncomingHttpHeaders): unknown {
  if (text === '') return null;
  return /json/.test(headers['content-type'] ?? '') ? JSON.parse(text) : text;
}
