import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import type { Logger } from 'pino';
import type { FromGuard, GuardCall, GuardCalls, ToGuard } from './guard-messages.ts';
import type { GuardOptions } from './guard-state.ts';
import { openCalls } from './open-calls.ts';
import type { GuardPolicy } from './wire.ts';

const RESTART_AFTER_MS = 300;
const CALL_WITHIN_MS = 10_000;
const STOP_WITHIN_MS = 3000;

type Input<C extends GuardCall> = Parameters<GuardCalls[C]>[0];
type Output<C extends GuardCall> = Awaited<ReturnType<GuardCalls[C]>>;

export interface RunningGuard {
  /** Rejects when the guard gives no answer in time; it is asked again if it had to start afresh. */
  call: <C extends GuardCall>(name: C, input: Input<C>, withinMs?: number) => Promise<Output<C>>;
  stop: () => Promise<void>;
}

/** Starts the guard beside this process and keeps it running. It ends with this process. */
export function startGuard(options: GuardOptions, log: Logger): RunningGuard {
  const calls = openCalls();
  let policy: GuardPolicy = options.policy;
  let child: ChildProcess | null = null;
  let stopped = false;

  const send = (message: ToGuard) => child?.send(message, () => undefined);
  const hear = (message: FromGuard) => {
    if (message.kind === 'opened') return;
    if (message.kind === 'failed') log.error({ words: message.words }, 'the guard failed');
    calls.hear(message);
  };
  const start = (again: boolean) => {
    if (stopped) return;
    const started = spawnGuard();
    child = started;
    send({ kind: 'open', options: { ...options, policy } });
    for (const message of calls.messages()) send(message);
    // What it had heard of and not looked at is known to nobody else.
    if (again && options.owned) {
      calls.ask('missed', null, CALL_WITHIN_MS, send).catch(() => undefined);
    }
    started.on('message', hear);
    const ended = () => {
      if (child !== started) return;
      child = null;
      if (!stopped) log.error('the guard ended; it is started again');
      setTimeout(() => start(true), RESTART_AFTER_MS);
    };
    started.once('exit', ended);
    started.once('error', ended);
  };

  start(false);
  return {
    call: <C extends GuardCall>(name: C, input: Input<C>, withinMs = CALL_WITHIN_MS) => {
      if (name === 'setPolicy') policy = input as GuardPolicy;
      return calls.ask(name, input, withinMs, send) as Promise<Output<C>>;
    },
    stop: async () => {
      stopped = true;
      calls.failAll();
      if (!child) return;
      const timer = setTimeout(() => child?.kill('SIGKILL'), STOP_WITHIN_MS);
      const gone = once(child, 'exit');
      if (child.connected) child.disconnect();
      await gone;
      clearTimeout(timer);
    },
  };
}

function spawnGuard(): ChildProcess {
  const program = fileURLToPath(new URL('./guard-process-main.ts', import.meta.url));
  return spawn(process.execPath, ['--no-warnings', program], {
    env: {
      PATH: process.env.PATH,
      NODE_COMPILE_CACHE: process.env.NODE_COMPILE_CACHE,
      TZ: 'UTC',
    },
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
    serialization: 'advanced',
  });
}
