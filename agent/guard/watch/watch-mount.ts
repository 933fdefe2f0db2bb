import { spawn, type ChildProcess } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { changeReader } from './change-frames.ts';
import type { ChangeWatch, Changes } from './watch-changes.ts';

const program = fileURLToPath(new URL('./watch-mount-main.ts', import.meta.url));
const START_WITHIN_MS = 15_000;
const RESTART_AFTER_MS = 1000;

/**
 * Watches through a process that asks the kernel for whole file systems (fanotify). Rejects with
 * words where that is not to be had. One that ends is started again, and what happened meanwhile
 * counts as missed.
 */
export function watchMount(root: string, changes: Changes): Promise<ChangeWatch> {
  let child: ChildProcess | null = null;
  let stopped = false;

  const start = (ready: () => void, refused: (words: string) => void) => {
    const started = spawn(process.execPath, ['--no-warnings', program, root], {
      env: {},
      stdio: ['pipe', 'pipe', 'inherit'],
    });
    child = started;
    let words = 'the watching process ended';
    const timer = setTimeout(() => started.kill('SIGKILL'), START_WITHIN_MS);
    const read = changeReader((kind, payload) => {
      if (kind === 'ready') {
        clearTimeout(timer);
        ready();
      } else if (kind === 'failed') words = payload.toString();
      else if (kind === 'missed') changes.missed(null);
      else changes[kind](payload);
    });
    started.stdin?.on('error', () => undefined);
    started.stdout?.on('data', (chunk: Buffer) => {
      if (!stopped) read(chunk);
    });
    started.once('error', (error) => (words = error.message));
    started.once('close', () => {
      clearTimeout(timer);
      if (child === started) child = null;
      if (!stopped) refused(words);
    });
  };

  const startAgain = (words: string) => {
    changes.failed(new Error(`${words}; it is started again`));
    setTimeout(() => {
      if (!stopped) start(() => changes.missed(null), startAgain);
    }, RESTART_AFTER_MS);
  };

  return new Promise((resolve, reject) => {
    let isUp = false;
    const up = () => {
      isUp = true;
      resolve({
        kind: 'fanotify',
        why: null,
        stop: () => {
          stopped = true;
          child?.stdin?.end();
        },
      });
    };
    start(up, (words) => (isUp ? startAgain(words) : reject(new Error(words))));
  });
}
