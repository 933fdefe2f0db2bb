import { once } from 'node:events';
import { createServer } from 'node:http';

export type Received = {
  headers: Record<string, string | string[] | undefined>;
  body: string;
};

/** A receiver of webhooks on a real socket: keeps what came and answers as it is told. */
export async function openReceiver() {
  const received: Received[] = [];
  const receiver = {
    received,
    status: 200,
    url: '',
    /** What came, as it says itself. */
    types: () => received.map(({ body }) => (JSON.parse(body) as { type: string }).type),
    close: async () => {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
  const server = createServer((request, response) => {
    let body = '';
    request.on('data', (chunk: Buffer) => (body += chunk.toString()));
    request.on('end', () => {
      received.push({ headers: request.headers, body });
      response.writeHead(receiver.status).end(receiver.status < 300 ? 'ok' : 'not today');
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  receiver.url = `http://127.0.0.1:${(server.address() as { port: number }).port}/hook`;
  return receiver;
}
