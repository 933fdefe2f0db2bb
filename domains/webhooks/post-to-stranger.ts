import { lookup as resolveName } from 'node:dns';
import type { LookupAddress } from 'node:dns';
import { request as requestPlain } from 'node:http';
import type { IncomingMessage } from 'node:http';
import { request as requestSecure } from 'node:https';
import { isIP } from 'node:net';
import type { LookupFunction } from 'node:net';
import type { PostError } from './webhook-words.ts';
import { hostOf, mayConnect } from './webhook-door.ts';
import type { WebhookDoor } from './webhook-door.ts';

/** In all, from the name's look-up to the last byte that is read. */
const TIMEOUT_MS = 10_000;
/** Of an answer, so many bytes are read and kept: enough to know what the receiver complains of. */
const ANSWER_BYTES_MAX = 1024;

export type PostOutcome =
  | { kind: 'answered'; status: number; answer: string }
  | { kind: 'unanswered'; error: PostError };

export type Resolve = (
  name: string,
  done: (error: Error | null, addresses: LookupAddress[]) => void,
) => void;

export type Post = {
  url: string;
  headers: Readonly<Record<string, string>>;
  body: string;
  door: WebhookDoor;
  resolve?: Resolve;
  timeoutMs?: number;
};

/**
 * Sends a body to an address that somebody else has named. The name is resolved once, each of its
 * addresses is checked, and the connection goes to one of those that were: a name that leads
 * elsewhere the next time (DNS rebinding) leads nowhere. Redirects are answers like any other.
 */
export function postToStranger({ url, headers, body, door, ...more }: Post): Promise<PostOutcome> {
  const target = new URL(url);
  const host = hostOf(target);
  // Node asks no resolver for an address that is one already.
  if (isIP(host) !== 0 && !mayConnect(host, door)) {
    return Promise.resolve({ kind: 'unanswered', error: 'address-private' });
  }
  const request = target.protocol === 'https:' ? requestSecure : requestPlain;
  const { promise, resolve } = Promise.withResolvers<PostOutcome>();
  const sent = request(target, {
    method: 'POST',
    headers: { ...headers, 'content-length': String(Buffer.byteLength(body)) },
    agent: false,
    lookup: checkedLookup(door, more.resolve ?? resolveAll),
    signal: AbortSignal.timeout(more.timeoutMs ?? TIMEOUT_MS),
  });
  sent.on('error', (error) => resolve({ kind: 'unanswered', error: errorOf(error) }));
  sent.on('response', (response) => {
    const { statusCode: status = 0 } = response;
    readBeginning(response, (answer) => {
      resolve({ kind: 'answered', status, answer });
      sent.destroy();
    });
  });
  sent.end(body);
  return promise;
}

function resolveAll(name: string, done: Parameters<Resolve>[1]): void {
  resolveName(name, { all: true }, done);
}

/** One private address among several is one too many: the name is not meant for strangers. */
function checkedLookup(door: WebhookDoor, resolve: Resolve): LookupFunction {
  return (name, options, done) => {
    resolve(name, (error, addresses) => {
      const [first] = addresses ?? [];
      if (error || !first) return done(error ?? new Error('no address'), []);
      if (!addresses.every(({ address }) => mayConnect(address, door))) {
        return done(Object.assign(new Error('a private address'), { code: PRIVATE }), []);
      }
      return options.all ? done(null, addresses) : done(null, first.address, first.family);
    });
  };
}

const PRIVATE = 'ADDRESS_PRIVATE';

function readBeginning(response: IncomingMessage, done: (answer: string) => void): void {
  const chunks: Buffer[] = [];
  let bytes = 0;
  const finish = () => done(printable(Buffer.concat(chunks).subarray(0, ANSWER_BYTES_MAX)));
  response.on('data', (chunk: Buffer) => {
    chunks.push(chunk);
    bytes += chunk.length;
    if (bytes >= ANSWER_BYTES_MAX) finish();
  });
  // Cut off or too slow in its words: the status was an answer.
  for (const event of ['end', 'error', 'close']) response.once(event, finish);
}

/** Text that a database takes and a screen shows. */
function printable(bytes: Buffer): string {
  return bytes.toString('utf8').replaceAll(/[^\P{Cc}\n\t]/gu, '\uFFFD');
}

const ERRORS: readonly [RegExp, PostError][] = [
  [/^(ENOTFOUND|EAI_AGAIN|ENODATA)$/, 'name-unknown'],
  [/^ECONNREFUSED$/, 'connection-refused'],
  [/^ADDRESS_PRIVATE$/, 'address-private'],
  [/^(ETIMEDOUT|ABORT_ERR|TimeoutError|AbortError)$/, 'timed-out'],
  [/^EPROTO$|CERT|TLS|SSL|SELF_SIGNED|UNABLE_TO|HOSTNAME/, 'tls-failed'],
];

/** What went wrong in a word; what a network tells beyond that is not for who named the address. */
function errorOf(error: Error & { code?: string }): PostError {
  const words = [error.code ?? '', error.name];
  const found = ERRORS.find(([pattern]) => words.some((word) => pattern.test(word)));
  return found?.[1] ?? 'connection-broken';
}
