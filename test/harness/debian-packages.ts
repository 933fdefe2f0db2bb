import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, renameSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** PHP applications of Debian: released software that no scanner may touch. */
export const PHP_PACKAGES = [
  'wordpress',
  'phpmyadmin',
  'mediawiki',
  'roundcube-core',
  'adminer',
  'dokuwiki',
] as const;

const TIMEOUT_MS = 120_000;

/**
 * Unpacks packages of Debian without installing them, each into a folder of its own, and answers
 * with those folders. They stay in the system's temporary folder for the next run. Throws when
 * the archive cannot be reached.
 */
export function unpackDebianPackages(names: readonly string[]): string[] {
  const root = join(tmpdir(), 'stoika-debian-packages');
  mkdirSync(root, { recursive: true });
  return names.map((name) => {
    const folder = join(root, name);
    if (!existsSync(folder)) unpack(name, folder);
    return folder;
  });
}

function unpack(name: string, folder: string): void {
  const work = `${folder}.${process.pid}`;
  rmSync(work, { recursive: true, force: true });
  mkdirSync(work);
  try {
    download(name, work);
    const file = readdirSync(work).find((entry) => entry.endsWith('.deb'));
    if (!file) throw new Error(`apt-get left no file of ${name}.`);
    const unpacked = join(work, 'unpacked');
    run('dpkg-deb', ['-x', join(work, file), unpacked], work);
    if (!existsSync(folder)) renameSync(unpacked, folder);
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
}

/** A machine that never asked for the lists of packages asks now, into a folder of its own. */
function download(name: string, work: string): void {
  try {
    run('apt-get', ['download', name], work);
  } catch {
    const lists = join(work, 'lists');
    mkdirSync(join(lists, 'partial'), { recursive: true });
    const own = ['-o', `Dir::State::lists=${lists}`, '-o', `Dir::Cache=${work}`];
    run('apt-get', [...own, 'update'], work);
    run('apt-get', [...own, 'download', name], work);
  }
}

function run(command: string, args: string[], cwd: string): void {
  execFileSync(command, args, { cwd, stdio: 'pipe', timeout: TIMEOUT_MS });
}
