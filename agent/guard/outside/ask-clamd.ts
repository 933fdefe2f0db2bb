import { connect, type Socket } from 'node:net';
import { inertWords, type OutsideAnswer, type OutsideSource } from './outside-source.ts';

const ANSWER_WITHIN_MS = 20_000;
/** clamd answers in one short line. */
const MOST_ANSWER_BYTES = 4096;
const CHUNK_BYTES = 64 * 1024;

/**
 * A running clamd, over its own protocol (clamd(8), INSTREAM): the content in chunks with their
 * lengths before them, nothing of ours by name or by descriptor. `at` is the path of its socket, or
 * host:port.
 */
export function clamdSource(at: string, withinMs = ANSWER_WITHIN_MS): OutsideSource {
  const open = new Set<Socket>();
  return {
    id: 'clamav',
    ask: (content) => askOnce(at, content, withinMs, open),
    stop: () => {
      for (const socket of open) socket.destroy();
    },
  };
}

function askOnce(
  at: string,
  content: Uint8Array,
  withinMs: number,
  open: Set<Socket>,
): Promise<OutsideAnswer> {
  return new Promise((resolve) => {
    const [, host = '', port = ''] = /^([^/]+):(\d{1,5})$/.exec(at) ?? [];
    const socket = port === '' ? connect(at) : connect(Number(port), host);
    open.add(socket);
    let answer = '';
    const settle = (given: OutsideAnswer) => {
      clearTimeout(timer);
      open.delete(socket);
      socket.destroy();
      resolve(given);
    };
    const down = (words: string) => settle({ kind: 'down', words: inertWords(words, 200) });
    // Of the whole conversation: one that drips a byte a second must not hold up the queue.
    const timer = setTimeout(() => down(`no answer within ${withinMs / 1000} s`), withinMs);
    socket.on('connect', () => send(socket, content));
    socket.on('data', (chunk: Buffer) => {
      answer += chunk.toString('latin1');
      if (answer.length > MOST_ANSWER_BYTES) return down('it says more than it may');
      // Ours end with a zero byte, because the command began with z.
      if (answer.includes('\0')) settle(readAnswer(answer.slice(0, answer.indexOf('\0'))));
    });
    socket.on('error', (error) => down(error.message));
    socket.on('close', () => down('it hung up'));
  });
}

function send(socket: Socket, content: Uint8Array): void {
  socket.write('zINSTREAM\0');
  for (let start = 0; start < content.length; start += CHUNK_BYTES) {
    const chunk = content.subarray(start, start + CHUNK_BYTES);
    const length = Buffer.alloc(4);
    length.writeUInt32BE(chunk.length);
    socket.write(length);
    socket.write(chunk);
  }
  socket.write(Buffer.alloc(4));
}

/** `stream: OK`, `stream: Win.Test.EICAR_HDB-1 FOUND`, `INSTREAM size limit exceeded. ERROR`. */
function readAnswer(line: string): OutsideAnswer {
  if (line === 'stream: OK') return { kind: 'hits', names: [] };
  const [, name] = /^stream: (.{1,200}) FOUND$/s.exec(line) ?? [];
  if (name !== undefined) return { kind: 'hits', names: [inertWords(name, 80)] };
  return { kind: 'passed-by', words: inertWords(line, 200) };
}
