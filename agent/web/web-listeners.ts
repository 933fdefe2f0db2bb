import { createServer, type RequestListener, type Server } from 'node:http';

export type WebListeners = Awaited<ReturnType<typeof openWeb>>;

/** Listens on the node's own address and, on the same port, on those given to packages. */
export async function openWeb(host: string, port: number, answer: RequestListener) {
  const own = newServer(answer);
  await listen(own, host, port);
  const address = own.address();
  const actualPort = typeof address === 'object' && address ? address.port : port;
  const extra = new Map<string, Server>();

  const closeAddress = async (given: string) => {
    const server = extra.get(given);
    extra.delete(given);
    if (server) await close(server);
  };

  return {
    port: actualPort,
    /** False when the machine does not let us listen there. */
    async openAddress(given: string): Promise<boolean> {
      if (extra.has(given)) return true;
      const server = newServer(answer);
      try {
        await listen(server, given, actualPort);
      } catch {
        return false;
      }
      extra.set(given, server);
      return true;
    },
    closeAddress,
    async closeAll() {
      await Promise.all([close(own), ...[...extra.keys()].map(closeAddress)]);
    },
  };
}

/** Times bound what a client that dawdles can hold (slowloris). */
function newServer(answer: RequestListener): Server {
  const server = createServer(
    {
      headersTimeout: 15_000,
      requestTimeout: 120_000,
      keepAliveTimeout: 5_000,
      connectionsCheckingInterval: 5_000,
      maxHeaderSize: 32 * 1024,
      requireHostHeader: true,
    },
    answer,
  );
  server.maxConnections = 1000;
  return server;
}

function listen(server: Server, host: string, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, () => {
      server.removeListener('error', reject);
      resolve();
    });
  });
}

function close(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve());
    server.closeAllConnections();
  });
}
