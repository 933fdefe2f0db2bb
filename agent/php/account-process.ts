import type { FromAccount, PhpRequest, ToAccount } from './messages.ts';
import { spawnAccount } from './spawn-account.ts';

/** Where an answer goes. `write` resolves when more may come, false when the client is gone. */
export type AnswerSink = {
  head(status: number, headers: Record<string, string[]>): void;
  write(bytes: Uint8Array): Promise<boolean>;
  /** A file has new content; told at once, because a killed process tells nothing at its end. */
  wrote(path: string): void;
  /** Lines of PHP's log of mail; told at once too. */
  mailed(text: string): void;
};

export type RunResult =
  | { kind: 'done'; written: string[]; growthBytes: number; changed: boolean }
  | { kind: 'timeout' }
  /** With the end of what the process wrote to stderr, when it is known. */
  | { kind: 'crashed'; words?: string };

export type AccountProcess = {
  /** False when PHP could not start. */
  ready: Promise<boolean>;
  /** One request at a time. */
  run(request: PhpRequest, sink: AnswerSink, timeoutMs: number): Promise<RunResult>;
  /** SIGKILL: PHP may be in a loop and hear nothing softer. */
  kill(): void;
  isUsable(): boolean;
  /** Whether it keeps malicious files from PHP. */
  guarded: boolean;
  exited: Promise<void>;
  /** The end of what the process wrote to stderr, for the log. */
  lastWords(): string;
};

type Listener = (message: FromAccount | 'exit') => void | Promise<void>;

export function startAccountProcess(
  home: string,
  setup: Parameters<typeof spawnAccount>[1],
): AccountProcess {
  const child = spawnAccount(home, setup);
  let usable = true;
  let listener: Listener = () => undefined;
  let words = '';
  child.stderr?.on('data', (chunk: Buffer) => (words = (words + chunk).slice(-2000)));
  const exited = new Promise<void>((resolve) => {
    const end = () => {
      usable = false;
      void listener('exit');
      resolve();
    };
    child.once('exit', end);
    child.once('error', end);
  });
  const ready = new Promise<boolean>((resolve) => {
    listener = (message) => resolve(message !== 'exit' && message.kind === 'ready');
  });
  child.on('message', (message: FromAccount) => listener(message));
  const kill = () => {
    usable = false;
    child.kill('SIGKILL');
  };
  return {
    ready,
    exited,
    kill,
    isUsable: () => usable,
    guarded: setup.guarded,
    lastWords: () => words,
    run: (request, sink, timeoutMs) =>
      runOnce(
        (message) => child.send(message, () => undefined),
        (next) => (listener = next),
        { request, sink, timeoutMs, kill, retire: () => (usable = false) },
      ),
  };
}

type Run = {
  request: PhpRequest;
  sink: AnswerSink;
  timeoutMs: number;
  kill: () => void;
  retire: () => void;
};

function runOnce(
  send: (message: ToAccount) => void,
  listen: (listener: Listener) => void,
  run: Run,
): Promise<RunResult> {
  return new Promise((resolve) => {
    let timer: NodeJS.Timeout;
    let leftMs = run.timeoutMs;
    let startedAt = 0;
    let timedOut = false;
    let settled = false;
    const startClock = () => {
      if (settled) return;
      startedAt = performance.now();
      timer = setTimeout(() => {
        timedOut = true;
        run.kill();
      }, leftMs);
    };
    // The time a slow client takes to read is not the script's.
    const stopClock = () => {
      clearTimeout(timer);
      leftMs = Math.max(1, leftMs - (performance.now() - startedAt));
    };
    const finish = (result: RunResult) => {
      settled = true;
      stopClock();
      listen(() => undefined);
      resolve(result);
    };
    listen(async (message) => {
      if (message === 'exit') return finish({ kind: timedOut ? 'timeout' : 'crashed' });
      if (message.kind === 'head') return run.sink.head(message.status, message.headers);
      if (message.kind === 'wrote') return run.sink.wrote(message.path);
      if (message.kind === 'mailed') return run.sink.mailed(message.text);
      if (message.kind === 'chunk') {
        stopClock();
        const go = await run.sink.write(message.bytes);
        startClock();
        return send({ kind: 'taken', go });
      }
      if (message.kind !== 'end') return undefined;
      if (message.retire) run.retire();
      const { written, growthBytes, changed } = message;
      return finish({ kind: 'done', written, growthBytes, changed });
    });
    startClock();
    send({ kind: 'request', request: run.request });
  });
}
