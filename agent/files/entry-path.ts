import { accept, refuse, type Answer } from '../refusal.ts';

const maxDepth = 48;
const maxPathBytes = 3000;
const maxNameBytes = 255;

/**
 * Splits a path inside a home, given with slashes, into names that are safe to hand to the kernel
 * one by one. Nothing is repaired: `..`, control characters, backslashes and half a surrogate
 * pair are refused, because every tool downstream reads them differently.
 */
export function splitEntryPath(path: string): Answer<string[]> {
  const names = path.split('/').filter((name) => name !== '' && name !== '.');
  const tooLong = Buffer.byteLength(path) > maxPathBytes || names.length > maxDepth;
  if (tooLong || !path.isWellFormed() || !names.every(isSafeName)) {
    return refuse('path-unsafe', 'Use plain file names: no “..”, no control signs, no backslash.');
  }
  return accept(names);
}

function isSafeName(name: string): boolean {
  // oxlint-disable-next-line no-control-regex -- control characters are what is looked for
  return name !== '..' && !/[\u0000-\u001f\u007f\\]/.test(name) && byteLength(name) <= maxNameBytes;
}

function byteLength(name: string): number {
  return Buffer.byteLength(name);
}
