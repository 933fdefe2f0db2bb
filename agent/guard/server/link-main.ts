import type { FromLink, LinkAnswer, ToLink } from './link-messages.ts';

/**
 * The only process of the agent that has a network. It belongs to nobody, reads no file, and asks
 * one address: what it is told there is judged elsewhere.
 */
const ANSWER_WITHIN_MS = 30_000;
const BYTES_MAX = 8 * 1024 * 1024;

let centre = '';
let key = '';

process.on('disconnect', () => process.exit(0));
process.on('SIGINT', () => undefined);
process.on('message', async (message: ToLink) => {
  if (message.kind === 'setup') {
    lockDown(message.uid, message.codeFolders);
    ({ centre, key } = message);
    return send({ kind: 'ready' });
  }
  if (message.kind === 'key') {
    ({ key } = message);
    return;
  }
  const { id, path, body } = message;
  const answer = await ask(path, body).catch((error: unknown): LinkAnswer => {
    return { kind: 'failed', words: wordsOf(error) };
  });
  send({ kind: 'heard', id, answer });
});

async function ask(path: string, body: string): Promise<LinkAnswer> {
  const response = await fetch(new URL(path, centre), {
    method: 'POST',
    headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json' },
    body,
    // The key goes to nobody else.
    redirect: 'error',
    signal: AbortSignal.timeout(ANSWER_WITHIN_MS),
  });
  const chunks: Uint8Array[] = [];
  let length = 0;
  for await (const chunk of response.body ?? []) {
    length += chunk.length;
    if (length > BYTES_MAX) throw new Error('the answer is longer than any of the centre’s');
    chunks.push(chunk);
  }
  const text = Buffer.concat(chunks).toString();
  return { kind: 'answered', status: response.status, body: text };
}

function wordsOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const { cause } = error;
  return cause instanceof Error ? `${error.message}: ${cause.message}` : error.message;
}

function lockDown(uid: number | null, codeFolders: readonly string[]): void {
  if (uid !== null) {
    process.setgroups?.([]);
    process.setgid?.(uid);
    process.setuid?.(uid);
    if (process.getuid?.() !== uid || process.geteuid?.() !== uid) process.exit(70);
  }
  const { permission } = process as unknown as {
    permission: {
      has(scope: string, reference?: string): boolean;
      drop(scope: string, reference?: string): void;
    };
  };
  for (const folder of codeFolders) permission.drop('fs.read', folder);
  const open = codeFolders.some((folder) => permission.has('fs.read', folder));
  if (open || permission.has('child') || permission.has('worker')) process.exit(71);
}

function send(message: FromLink): void {
  process.send?.(message);
}
