import { chmodSync, lstatSync, mkdirSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { embeddedPostgresRefusal } from './embedded-postgres-refusal.ts';
import { runningAsRoot } from './server-account.ts';

/**
 * The folder outside every checkout: server programs, test clusters, and data of checkouts that
 * the server's account cannot enter. Root's must be passable by that account, so it is 0711 below
 * /var; a user's is private below the home folder. /var/tmp stands in where those cannot be written.
 */
export function sharedFolder(): string {
  const uid = process.getuid?.() ?? 0;
  const preferred = runningAsRoot()
    ? '/var/lib/stoika'
    : join(process.env['XDG_CACHE_HOME'] ?? join(homedir(), '.cache'), 'stoika');
  try {
    return ensureOwnFolder(preferred);
  } catch (error) {
    if (!isPermissionProblem(error)) throw error;
    return ensureOwnFolder(`/var/tmp/stoika-${uid}`);
  }
}

/**
 * Makes the folder, or accepts one that is ours and that nobody else can write to. In /var/tmp
 * anybody may have made a folder or a symlink of that name before us.
 */
export function ensureOwnFolder(folder: string): string {
  const mode = runningAsRoot() ? 0o711 : 0o700;
  if (mkdirSync(folder, { recursive: true, mode })) chmodSync(folder, mode);
  const found = lstatSync(folder);
  if (found.isDirectory() && found.uid === process.getuid?.() && (found.mode & 0o022) === 0) {
    return folder;
  }
  throw embeddedPostgresRefusal(
    'folder-not-ours',
    `${folder} belongs to somebody else or others can write to it, so it is not safe to use. ` +
      'Remove it and start again.',
  );
}

function isPermissionProblem(error: unknown): boolean {
  const code = (error as NodeJS.ErrnoException).code ?? '';
  return ['EACCES', 'EPERM', 'EROFS', 'ENOENT', 'ENOTDIR'].includes(code);
}
