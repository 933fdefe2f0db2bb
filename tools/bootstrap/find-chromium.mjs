import { existsSync } from 'node:fs';

/** Debian's, the one without windows first: pages draw in it with little over half the work. */
const KNOWN = ['/usr/bin/chromium-headless-shell', '/usr/bin/chromium'];

/** The browser that the browser tests drive: CHROMIUM_PATH, or one of Debian's; null without. */
export function findChromium() {
  const given = process.env.CHROMIUM_PATH;
  return (given ? [given] : KNOWN).find((path) => existsSync(path)) ?? null;
}
