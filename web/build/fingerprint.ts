import { createHash } from 'node:crypto';
import { glob, readFile, stat } from 'node:fs/promises';
import { resolve } from 'node:path';

export type Fingerprint = { hash: string; files: string[] };

/**
 * What shapes the bundles without being a module of them: the build itself, the libraries, and
 * the lists that are read by pattern (texts, contracts, style sheets).
 */
const ALWAYS = [
  'package-lock.json',
  'vite.config.ts',
  'web/build.ts',
  'web/build/*.ts',
  'web/texts/*.json',
  'domains/*/texts/*.json',
  'app/contract.ts',
  'domains/*/contract.ts',
  'domains/*/contract/*.ts',
  'platform/http/operation.ts',
  'web/**/*.css',
  'domains/*/screens/**/*.css',
];

/** Whether any of `files` was saved at or after an instant, in epoch milliseconds. */
export async function changedSince(root: string, files: readonly string[], sinceMs: number) {
  const stats = await Promise.all(files.map((name) => stat(resolve(root, name)).catch(() => null)));
  return stats.some((found) => !found || found.mtimeMs >= sinceMs);
}

/** One hash over the names and contents of `files` and of all that is always looked at. */
export async function fingerprint(root: string, files: readonly string[]): Promise<string> {
  const listed: string[] = await Array.fromAsync(glob(ALWAYS, { cwd: root }));
  const names = [...new Set([...files, ...listed])].toSorted(byCodeUnits);
  const contents = await Promise.all(names.map((name) => contentOf(resolve(root, name))));
  const hash = createHash('sha256');
  for (const [index, name] of names.entries())
    hash.update(`${name}\0${contents[index]?.length}\0`).update(contents[index] ?? '');
  return hash.digest('hex');
}

function byCodeUnits(a: string, b: string): number {
  return a < b ? -1 : 1;
}

export async function readFingerprint(file: string): Promise<Fingerprint | null> {
  const text = await contentOf(file);
  return text.length === 0 ? null : (JSON.parse(text.toString()) as Fingerprint);
}

/** A file that is gone counts as empty: that too is a change. */
async function contentOf(file: string): Promise<Buffer> {
  try {
    return await readFile(file);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return Buffer.alloc(0);
    throw error;
  }
}
