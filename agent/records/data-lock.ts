import { createHash } from 'node:crypto';
import { realpathSync } from 'node:fs';
import { createServer, type Server } from 'node:net';

/**
 * Takes the data folder for this process. The lock is a socket in Linux's abstract namespace
 * (unix(7)): the kernel drops it with the process, so a killed node leaves nothing to clean up.
 * Rejects with `data-folder-in-use` when another node holds the folder.
 */
export async function lockDataFolder(folder: string): Promise<Server> {
  const name = createHash('sha256').update(realpathSync(folder)).digest('hex').slice(0, 32);
  const server = createServer((socket) => socket.destroy());
  await new Promise<void>((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => {
      const taken = error.code === 'EADDRINUSE';
      reject(taken ? new Error(`data-folder-in-use: another node runs on ${folder}`) : error);
    });
    server.listen({ path: `\0stoika-node-${name}` }, resolve);
  });
  server.unref();
  return server;
}
