import { Worker } from 'node:worker_threads';
import { lockDown } from './lock-down.ts';
import type { FromAccount, PhpRequest, ToAccount } from './messages.ts';
import { startRuntime, type PhpRuntime } from './start-runtime.ts';

/**
 * An account's own process: starts PHP, locks itself in, then answers one request at a time over
 * the channel to the node. Anything unexpected ends it; the node starts a fresh one.
 */
const maxChunkBytes = 256 * 1024;
/** PHP in WebAssembly never gives memory back: a process is replaced after this many requests. */
const retireAfterRequests = 1000;

let runtime: PhpRuntime | null = null;
let answered = 0;
let maxRssBytes = 0;
let chunkTaken: ((go: boolean) => void) | null = null;

process.on('disconnect', () => process.exit(0));
// The terminal's Ctrl-C reaches the whole group; the node decides when its accounts stop.
process.on('SIGINT', () => undefined);

process.on('message', async (message: ToAccount) => {
  if (message.kind === 'taken') return chunkTaken?.(message.go);
  if (message.kind === 'request') return answer(message.request);
  const { setup } = message;
  maxRssBytes = setup.maxRssMb * 1024 * 1024;
  runtime = await startRuntime(
    setup,
    (path) => send({ kind: 'wrote', path }),
    (text) => send({ kind: 'mailed', text }),
  );
  const guardian = new Worker(new URL('./guardian.ts', import.meta.url), {
    workerData: { parentPid: setup.parentPid, maxRssBytes },
    resourceLimits: { maxOldGenerationSizeMb: 16 },
  });
  await new Promise((resolve) => guardian.once('online', resolve));
  guardian.unref();
  lockDown(setup.uid, setup.codeFolders);
  await runtime.mount();
  send({ kind: 'ready', phpVersion: runtime.version });
});

async function answer(request: PhpRequest): Promise<void> {
  if (!runtime) throw new Error('a request before the setup');
  const { guard, watcher, home } = runtime;
  guard.begin(request.budget);
  watcher?.begin(request.watch);
  const scriptPath = `${home}/${request.scriptPath}`;
  const result = await runtime.run({
    scriptPath,
    relativeUri: request.uri,
    method: request.method,
    headers: request.headers,
    body: request.body ?? undefined,
    $_SERVER: { ...request.server, SCRIPT_FILENAME: scriptPath },
  });
  send({ kind: 'head', status: await result.httpStatusCode, headers: await result.headers });
  await pump(result.stdout);
  await result.exitCode;
  answered += 1;
  const { written, growthBytes, changed } = guard.effect();
  const worn = answered >= retireAfterRequests || process.memoryUsage.rss() > maxRssBytes * 0.85;
  send({ kind: 'end', written: [...written], growthBytes, changed, retire: worn });
}

async function pump(output: ReadableStream<Uint8Array>): Promise<void> {
  let go = true;
  for await (const block of output) {
    for (let start = 0; go && start < block.length; start += maxChunkBytes) {
      const taken = new Promise<boolean>((resolve) => (chunkTaken = resolve));
      const part = block.subarray(start, start + maxChunkBytes);
      // The runtime hands out Int8Array views of its own memory.
      send({ kind: 'chunk', bytes: new Uint8Array(part.buffer, part.byteOffset, part.length) });
      go = await taken;
    }
  }
}

function send(message: FromAccount): void {
  process.send?.(message);
}
