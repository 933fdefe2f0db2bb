import { spawn, type ChildProcess } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import type { FromLink, LinkAnswer, ToLink } from './link-messages.ts';

const program = fileURLToPath(new URL('./link-main.ts', import.meta.url));
const GIVE_UP_MS = 45_000;

export interface OpenLink {
  /** Always answers. */
  ask: (path: string, body: unknown) => Promise<LinkAnswer>;
  useKey: (key: string) => void;
  stop: () => void;
}

/** The process that speaks to the centre; it starts with the first question, and again when it ends. */
export function openLink(setup: { centre: string; key: string; uid: number | null }): OpenLink {
  let { key } = setup;
  let child: ChildProcess | null = null;
  let number = 0;
  const open = new Map<number, (answer: LinkAnswer) => void>();

  const tell = (message: ToLink) => child?.send(message, () => undefined);
  const failAll = (words: string) => {
    for (const settle of open.values()) settle({ kind: 'failed', words });
    open.clear();
  };
  const start = () => {
    const codeFolders = [fileURLToPath(new URL('../..', import.meta.url))];
    const started = spawn(
      process.execPath,
      [
        ...['--permission', '--allow-net', ...codeFolders.map((one) => `--allow-fs-read=${one}`)],
        ...['--max-old-space-size=128', '--no-warnings', program],
      ],
      { env: environment(), stdio: ['ignore', 'ignore', 'inherit', 'ipc'] },
    );
    child = started;
    const ended = () => {
      if (child !== started) return;
      child = null;
      failAll('the process that speaks to the centre ended');
    };
    started.once('exit', ended);
    started.once('error', ended);
    started.on('message', (message: FromLink) => {
      if (message.kind !== 'heard') return;
      open.get(message.id)?.(message.answer);
      open.delete(message.id);
    });
    const { centre, uid } = setup;
    tell({ kind: 'setup', uid, codeFolders, centre, key });
  };

  return {
    ask: (path, body) =>
      new Promise((resolve) => {
        if (!child) start();
        number += 1;
        const id = number;
        const timer = setTimeout(() => child?.kill('SIGKILL'), GIVE_UP_MS);
        open.set(id, (answer) => {
          clearTimeout(timer);
          resolve(answer);
        });
        tell({ kind: 'ask', id, path, body: JSON.stringify(body) });
      }),
    useKey: (next) => {
      key = next;
      tell({ kind: 'key', key });
    },
    stop: () => {
      const ending = child;
      child = null;
      failAll('stopped');
      if (ending?.connected) ending.disconnect();
    },
  };
}

/** Certificates of an authority of one's own are named by the environment, as everywhere in Node. */
function environment(): NodeJS.ProcessEnv {
  const extra = process.env['NODE_EXTRA_CA_CERTS'];
  return extra === undefined ? {} : { NODE_EXTRA_CA_CERTS: extra };
}
