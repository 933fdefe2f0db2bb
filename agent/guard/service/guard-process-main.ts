import type { FromGuard, GuardCalls, ToGuard } from './guard-messages.ts';
import { openGuard, type OpenGuard } from './open-guard.ts';

/** The guard in a process of its own: whatever happens to it, the node serves on and starts it again. */
let guard: OpenGuard | null = null;

// Groups of whoever started us are no rights of an account's.
if (process.getuid?.() === 0) process.setgroups?.([]);
process.umask(0o077);
process.on('SIGINT', () => undefined);
process.on('disconnect', () => {
  guard?.stop();
  process.exit(0);
});

process.on('message', async (message: ToGuard) => {
  if (message.kind === 'open') {
    guard = openGuard(message.options, (error) => {
      send({ kind: 'failed', id: null, words: wordsOf(error) });
    });
    return send({ kind: 'opened' });
  }
  const { id, name, input } = message;
  try {
    const calls = guard as unknown as Record<keyof GuardCalls, (input: unknown) => unknown>;
    send({ kind: 'answered', id, value: await calls[name](input) });
  } catch (error) {
    send({ kind: 'failed', id, words: wordsOf(error) });
  }
});

function wordsOf(error: unknown): string {
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}

function send(message: FromGuard): void {
  process.send?.(message);
}
