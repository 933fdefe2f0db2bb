import type { FindingOrigin } from './wire.ts';

/** How a file got there that was seen when it had been written: by whom is not known. */
export function seenOnDisk(): FindingOrigin {
  const at = new Date().toISOString();
  return { by: 'unknown', at, script: null, request: null, address: null };
}

/** A file that mending is about to put in the place of another. */
export function isOurs(path: Buffer): boolean {
  const name = path.toString('latin1').split('/').at(-1) ?? '';
  return name.startsWith('.stoika-');
}
