import * as http from 'node:http';
import * as https from 'node:https';

export type GetLimits = { timeoutMs: number; connectTimeoutMs: number; replyBytesMax: number };

export type GetOutcome =
  | { kind: 'answer'; status: number; body: string }
  /** No byte of the request left us: nothing was done. */
  | { kind: 'not-sent'; message: string }
  /** The request went out and no whole answer came back: anything may have been done. */
  | { kind: 'lost'; message: string };

/**
 * One GET on a connection of its own, never repeated, never redirected. `fetch` will not do
 * here: RFC 9110 §9.2.2 lets a client repeat a GET by itself, and this vendor buys with GET.
 * Messages carry error codes only, because the URL carries the secret.
 */
export function sendGet(url: URL, limits: GetLimits): Promise<GetOutcome> {
  return new Promise((resolve) => {
    let sent = false;
    const request = (url.protocol === 'https:' ? https : http).request(url, {
      agent: false,
      headers: { accept: 'application/xml, text/xml', connection: 'close' },
    });
    const connectTimer = setTimeout(() => {
      finish({ kind: 'not-sent', message: 'no connection in time' });
    }, limits.connectTimeoutMs);
    const timer = setTimeout(() => fail('no answer in time'), limits.timeoutMs);
    const finish = (outcome: GetOutcome) => {
      clearTimeout(connectTimer);
      clearTimeout(timer);
      resolve(outcome);
      request.destroy();
    };
    const fail = (message: string) => finish({ kind: sent ? 'lost' : 'not-sent', message });

    request.on('socket', (socket) => {
      socket.once(url.protocol === 'https:' ? 'secureConnect' : 'connect', () => {
        clearTimeout(connectTimer);
        sent = true;
      });
    });
    request.on('error', (error: NodeJS.ErrnoException) => fail(error.code ?? 'connection failed'));
    request.on('response', (response) => collect(response, limits.replyBytesMax, finish));
    request.end();
  });
}

function collect(
  response: http.IncomingMessage,
  bytesMax: number,
  finish: (outcome: GetOutcome) => void,
): void {
  const chunks: Buffer[] = [];
  let bytes = 0;
  response.on('data', (chunk: Buffer) => {
    bytes += chunk.length;
    if (bytes > bytesMax) finish({ kind: 'lost', message: 'the answer is too long' });
    else chunks.push(chunk);
  });
  response.on('error', () => finish({ kind: 'lost', message: 'the answer broke off' }));
  response.on('close', () => finish({ kind: 'lost', message: 'the answer broke off' }));
  response.on('end', () => {
    if (!response.complete) return finish({ kind: 'lost', message: 'the answer broke off' });
    const body = textOf(Buffer.concat(chunks));
    if (body === null) return finish({ kind: 'lost', message: 'the answer is not UTF-8' });
    return finish({ kind: 'answer', status: response.statusCode ?? 0, body });
  });
}

function textOf(bytes: Buffer): string | null {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return null;
  }
}
