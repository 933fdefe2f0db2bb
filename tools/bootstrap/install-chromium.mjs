import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { findChromium } from './find-chromium.mjs';

const UNAVAILABLE = `The browser tests need Chromium, and there is none.
On Debian: apt-get install chromium. Elsewhere: install Chromium or Chrome, set CHROMIUM_PATH to
its program, and run npm test again.`;

/** Installs Debian's Chromium when there is none. Throws, saying what to do, when it cannot. */
export function installChromium() {
  if (findChromium()) return;
  if (process.env.CHROMIUM_PATH || !existsSync('/usr/bin/apt-get')) throw new Error(UNAVAILABLE);
  console.log('Installing Chromium from Debian for the browser tests (once, a minute or two) …');
  apt('update');
  // Older releases of Debian have only the whole browser.
  if (!apt('install', '--yes', 'chromium-headless-shell')) apt('install', '--yes', 'chromium');
  if (!findChromium()) throw new Error(UNAVAILABLE);
  console.log('Chromium installed.');
}

/** Whether it worked. */
function apt(...args) {
  const asRoot = process.getuid() === 0 ? [] : ['sudo'];
  const [command, ...rest] = [...asRoot, 'apt-get', '--quiet=2', ...args];
  const { status } = spawnSync(command, rest, {
    stdio: ['inherit', 'ignore', 'inherit'],
    env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
  });
  return status === 0;
}
