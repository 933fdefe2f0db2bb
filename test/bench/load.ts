import { connect } from 'node:net';
import type { Socket } from 'node:net';

export type Load = {
  port: number;
  host: string;
  path: string;
  connections: number;
  forMs: number;
};

const HEAD_END = Buffer.from('\r\n\r\n');

/**
 * Requests a page over kept-alive connections, each as soon as it has the answer to the last, and
 * counts whole answers of the same length. Works on bare sockets: a generator that does more per
 * request than the server would measure itself.
 */
export async function requestsPerSecond(load: Load): Promise<{ rate: number; count: number }> {
  let count = 0;
  const startedAt = performance.now();
  const endsAt = startedAt + load.forMs;
  await Promise.all(
    Array.from({ length: load.connections }, () =>
      ask(load, () => {
        count += 1;
        return performance.now() < endsAt;
      }),
    ),
  );
  return { rate: (count / (performance.now() - startedAt)) * 1000, count };
}

/** One connection; `onAnswer` says whether to go on. */
function ask({ port, host, path }: Load, onAnswer: () => boolean): Promise<void> {
  const request = Buffer.from(
    `GET ${path} HTTP/1.1\r\nhost: ${host}:${port}\r\naccept-encoding: br\r\naccept-language: en\r\n\r\n`,
  );
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  const socket: Socket = connect({ port, host: '127.0.0.1', noDelay: true });
  let received = 0;
  let expected: number | null = null;
  let head: Buffer = Buffer.alloc(0);
  socket.on('connect', () => socket.write(request));
  socket.on('error', reject);
  socket.on('close', () => resolve());
  socket.on('data', (chunk: Buffer) => {
    received += chunk.length;
    if (expected === null) {
      head = Buffer.concat([head, chunk]);
      expected = answerLength(head);
    }
    if (expected === null || received < expected) return;
    received = 0;
    expected = null;
    head = Buffer.alloc(0);
    if (onAnswer()) socket.write(request);
    else socket.end();
  });
  return promise;
}

/** The bytes of the whole answer, once its head is there. Throws for anything but a full page. */
function answerLength(head: Buffer): number | null {
  const end = head.indexOf(HEAD_END);
  if (end === -1) return null;
  const text = head.toString('latin1', 0, end);
  const length = /content-length: (\d+)/i.exec(text)?.[1];
  if (!text.startsWith('HTTP/1.1 200') || !length) throw new Error(text);
  return end + HEAD_END.length + Number(length);
}
