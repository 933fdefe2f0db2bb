import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';

/** The browser that the browser tests drive; playwright.config.ts reads the same variable. */
const CHROMIUM = process.env.CHROMIUM_PATH ?? '/usr/bin/chromium';

const UNAVAILABLE = `The browser tests need Chromium, and ${CHROMIUM} does not exist.
On Debian: apt-get install chromium. Elsewhere: install Chromium or Chrome, set CHROMIUM_PATH to
its program, and run npm test again.`;

/** Installs Debian's Chromium when there is none. Throws, saying what to do, when it cannot. */
export function installChromium() {
  if (existsSync(CHROMIUM)) return;
  if (process.env.CHROMIUM_PATH || !existsSync('/usr/bin/apt-get')) throw new Error(UNAVAILABLE);
  console.log('Installing Chromium from Debian for the browser tests (once, a minute or two) …');
  apt('update');
  apt('install', '--yes', 'chromium');
  if (!existsSync(CHROMIUM)) throw new Error(UNAVAILABLE);
  console.log('Chromium installed.');
}

function apt(...args) {
  const asRoot = process.getuid() === 0 ? [] : ['sudo'];
  const [command, ...rest] = [...asRoot, 'apt-get', '--quiet=2', ...args];
  const { status } = spawnSync(command, rest, {
    stdio: ['inherit', 'ignore', 'inherit'],
    env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
  });
  if (status !== 0) throw new Error(UNAVAILABLE);
}
