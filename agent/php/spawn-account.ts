import { spawn, type ChildProcess } from 'node:child_process';
import { setPriority } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { AccountSetup, ToAccount } from './messages.ts';

const here = dirname(fileURLToPath(import.meta.url));

/** Account processes yield to the node itself when the processor is short. */
const niceness = 5;

/** Packages the PHP runtime is made of; nothing else of ours is readable to an account. */
const runtimePackages = [
  ...['@php-wasm/universal', '@php-wasm/node-8-3', '@php-wasm/util', '@php-wasm/logger'],
  ...['@php-wasm/progress', '@php-wasm/stream-compression', 'ini', 'wasm-feature-detect'],
];

/**
 * Starts an account's process in its home, with an empty environment (ours holds secrets) and
 * Node's permission model: it may read the runtime and its home, write its home, and open no
 * connection and no process.
 */
export function spawnAccount(home: string, setup: Omit<AccountSetup, 'codeFolders' | 'parentPid'>) {
  const engine = setup.guarded ? [join(here, '../guard')] : [];
  const codeFolders = [here, ...engine, ...modulesFolders()];
  const readable = [...codeFolders, home].map((folder) => `--allow-fs-read=${folder}`);
  const child: ChildProcess = spawn(
    process.execPath,
    [
      '--permission',
      ...readable,
      `--allow-fs-write=${home}`,
      '--allow-worker',
      '--max-old-space-size=128',
      '--no-warnings',
      fileURLToPath(new URL('./account-main.ts', import.meta.url)),
    ],
    {
      cwd: home,
      env: { TZ: 'UTC', LANG: 'C.UTF-8' },
      stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
      serialization: 'advanced',
    },
  );
  if (child.pid !== undefined) lowerPriority(child.pid);
  const message: ToAccount = {
    kind: 'setup',
    setup: { ...setup, codeFolders, parentPid: process.pid },
  };
  child.send(message, () => undefined);
  return child;
}

/** Whether the optional PHP packages are installed; looks, loads nothing. */
export function isPhpInstalled(): boolean {
  return modulesFolders().length > 0;
}

function modulesFolders(): string[] {
  try {
    const runtime = fileURLToPath(import.meta.resolve('@php-wasm/node-8-3'));
    fileURLToPath(import.meta.resolve('@php-wasm/universal'));
    const modules = runtime.slice(0, runtime.lastIndexOf('/@php-wasm/'));
    return runtimePackages.map((name) => `${modules}/${name}`);
  } catch {
    return [];
  }
}

function lowerPriority(pid: number): void {
  try {
    setPriority(pid, niceness);
  } catch {
    // It may be gone already; its exit is seen elsewhere.
  }
}
