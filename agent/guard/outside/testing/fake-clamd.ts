import { createServer, type Socket } from 'node:net';
import { once } from 'node:events';
import { rmSync } from 'node:fs';

/** What it holds for malware; harmless. */
export const MARKER = 'STOIKA-OUTSIDE-TEST-MARKER';

export type ClamdFault = 'none' | 'silent' | 'dies' | 'drips' | 'babbles' | 'error';

export type FakeClamd = Awaited<ReturnType<typeof openFakeClamd>>;

/** Speaks INSTREAM on a Unix socket as clamd 1.x does, with its limit of size, and its faults. */
export async function openFakeClamd(path: string, mostBytes = 1024 * 1024) {
  const fake = { fault: 'none' as ClamdFault, asked: 0, close: async () => undefined as void };
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
    socket.on('error', () => undefined);
    let heard = Buffer.alloc(0);
    socket.on('data', (chunk: Buffer) => {
      heard = Buffer.concat([heard, chunk]);
      const content = contentOf(heard);
      if (content === null) return;
      fake.asked += 1;
      answer(socket, fake.fault, content, mostBytes);
    });
  });
  server.listen(path);
  await once(server, 'listening');
  fake.close = async () => {
    for (const socket of sockets) socket.destroy();
    server.close();
    await once(server, 'close');
    rmSync(path, { force: true });
  };
  return fake;
}

/** Null until the last chunk, which is empty, is there. */
function contentOf(heard: Buffer): Buffer | null {
  const command = 'zINSTREAM\0';
  if (heard.length < command.length) return null;
  if (heard.toString('latin1', 0, command.length) !== command) return Buffer.from('?');
  const chunks: Buffer[] = [];
  for (let at = command.length; at + 4 <= heard.length;) {
    const length = heard.readUInt32BE(at);
    if (length === 0) return Buffer.concat(chunks);
    if (at + 4 + length > heard.length) return null;
    chunks.push(heard.subarray(at + 4, at + 4 + length));
    at += 4 + length;
  }
  return null;
}

function answer(socket: Socket, fault: ClamdFault, content: Buffer, mostBytes: number): void {
  switch (fault) {
    case 'silent':
      return;
    case 'dies':
      socket.destroy();
      return;
    case 'drips': {
      const timer = setInterval(() => socket.write('.'), 20);
      socket.on('close', () => clearInterval(timer));
      return;
    }
    case 'babbles':
      socket.write('x'.repeat(1_000_000));
      return;
    case 'error':
      socket.end('stream: Can\x1b[2J allocate memory ERROR\0');
      return;
    case 'none': {
      if (content.length > mostBytes) socket.end('INSTREAM size limit exceeded. ERROR\0');
      else if (content.includes(MARKER)) socket.end('stream: Stoika.Test.Marker FOUND\0');
      else socket.end('stream: OK\0');
    }
  }
}
