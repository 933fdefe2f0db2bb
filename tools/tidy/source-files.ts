import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

export const ROOT = join(import.meta.dirname, '../..');

export type SourceFile = { path: string; text: string; lines: number };

/** Every file of the repository, as git knows it: tracked, or new and not ignored. */
export function repositoryPaths(): string[] {
  const listed = execFileSync('git', ['ls-files', '-co', '--exclude-standard'], {
    cwd: ROOT,
    encoding: 'utf8',
  });
  return listed.split('\n').filter((path) => path !== '' && existsSync(join(ROOT, path)));
}

export function readSource(path: string): SourceFile {
  const text = readFileSync(join(ROOT, path), 'utf8');
  return { path, text, lines: text.split('\n').length };
}

/** The specifiers a module imports from or re-exports, static and dynamic. */
export function importsOf(text: string): string[] {
  const pattern = /(?:from\s+|import\s*\(\s*|import\s+)'([^']+)'/g;
  return [...text.matchAll(pattern)].map((match) => match[1] ?? '');
}
