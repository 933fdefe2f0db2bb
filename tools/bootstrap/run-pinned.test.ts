import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as pause } from 'node:timers/promises';
import { expect, it } from 'vitest';
import { isAlive } from '#platform/database/embedded/postmaster.ts';

const MODULE = new URL('./run-pinned.mjs', import.meta.url).href;

/** Says its pid, then takes its time to leave when asked to, as a server with open requests does. */
const SERVER = `
  process.on('SIGTERM', () => setTimeout(() => process.exit(7), 100));
  process.on('SIGINT', () => console.log('stopping'));
  setInterval(() => {}, 1000);
  console.log(process.pid);`;

it('answers the exit code of the program', async () => {
  const [code] = await once(run('process.exit(3)'), 'exit');
  expect(code).toBe(3);
});

it('answers 128 and the number of the signal that ended the program', async () => {
  const [code] = await once(run(`process.kill(process.pid, 'SIGKILL')`), 'exit');
  expect(code).toBe(137);
});

it('passes a request to stop on, and waits for the program to leave in its own way', async () => {
  const { bootstrap, program } = await runServer();
  bootstrap.kill('SIGTERM');
  const [code] = await once(bootstrap, 'exit');
  expect(code).toBe(7);
  expect(isAlive(program)).toBe(false);
});

it('takes the Ctrl-C that comes from terminal and npm at once for one, a later one for force', async () => {
  const { bootstrap, program } = await runServer();
  bootstrap.kill('SIGINT');
  bootstrap.kill('SIGINT');
  await once(bootstrap.stdout ?? bootstrap, 'data');
  await pause(600);
  expect(isAlive(program)).toBe(true);
  bootstrap.kill('SIGINT');
  const [code] = await once(bootstrap, 'exit');
  expect(code).toBe(137);
});

it('takes the program with it when it is killed with -9', async () => {
  const { bootstrap, program } = await runServer();
  bootstrap.kill('SIGKILL');
  for (let tries = 0; tries < 100 && isAlive(program); tries += 1) await pause(50);
  expect(isAlive(program)).toBe(false);
});

function run(program: string): ChildProcess {
  const bootstrap = `import { runPinned } from ${JSON.stringify(MODULE)};
    process.exitCode = await runPinned(['--eval', ${JSON.stringify(program)}]);`;
  return spawn(process.execPath, ['--input-type=module', '--eval', bootstrap], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
}

async function runServer(): Promise<{ bootstrap: ChildProcess; program: number }> {
  const bootstrap = run(SERVER);
  const [pid] = await once(bootstrap.stdout ?? bootstrap, 'data');
  return { bootstrap, program: Number(String(pid)) };
}
