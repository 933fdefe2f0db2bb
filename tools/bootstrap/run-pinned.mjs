import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { constants } from 'node:os';
import { delimiter, join } from 'node:path';
import { checkout, pinnedNode, programs } from './checkout.mjs';

const SAME_KEYSTROKE_MS = 500;
const PARENT_CHECK_MS = 500;
/** What Node has compiled, for the next process: of the second to start, most is spent on that. */
const compiled = join(checkout, 'node_modules', '.cache', 'node-compiled');
const leaveWithParent = new URL('./leave-with-parent.mjs', import.meta.url).href;

/**
 * Runs a program on the pinned Node and answers its exit code (128 + n when signal n ended it).
 * It gets a process group of its own and only the signals passed on from here: a Ctrl-C reaches us
 * twice, from the terminal and from npm, and would otherwise reach it a third time. What it prints
 * goes where ours goes, or to the open file `output`.
 */
export async function runPinned(args, env = {}, output = 'inherit') {
  const child = spawn(pinnedNode, ['--import', leaveWithParent, ...args], {
    cwd: checkout,
    stdio: ['inherit', output, output],
    detached: true,
    env: {
      NODE_COMPILE_CACHE: compiled,
      ...process.env,
      PATH: `${programs}${delimiter}${process.env.PATH}`,
      ...env,
    },
  });
  const stopListening = passSignalsOn(child);
  const stopWatching = watchParent(child);
  const [code, signal] = await once(child, 'exit');
  stopListening();
  stopWatching();
  return code ?? 128 + constants.signals[signal];
}

/** The first Ctrl-C asks the program to stop; a second one, pressed later, ends it at once. */
function passSignalsOn(child) {
  let asked = 0;
  const passOn = (signal) => {
    const again = asked > 0;
    if (Date.now() - asked < SAME_KEYSTROKE_MS) return;
    asked = Date.now();
    if (again && signal === 'SIGINT') process.kill(-child.pid, 'SIGKILL');
    else child.kill(signal === 'SIGHUP' ? 'SIGTERM' : signal);
  };
  const signals = ['SIGINT', 'SIGTERM', 'SIGHUP', 'SIGQUIT'];
  for (const signal of signals) process.on(signal, passOn);
  return () => signals.forEach((signal) => process.off(signal, passOn));
}

/** npm killed with -9 cannot pass anything on. */
function watchParent(child) {
  if (!process.env.npm_lifecycle_event) return () => {};
  const parent = process.ppid;
  const check = setInterval(() => {
    if (process.ppid === parent) return;
    clearInterval(check);
    child.kill('SIGTERM');
  }, PARENT_CHECK_MS);
  return () => clearInterval(check);
}
