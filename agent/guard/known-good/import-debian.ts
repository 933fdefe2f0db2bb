import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileKind } from '../formats/file-kind.ts';
import { importChecksums, type Imported } from './import-checksums.ts';
import { parseChecksums } from './parse-checksums.ts';

const NOTHING = Buffer.alloc(0);

/**
 * Files of installed Debian packages that a web server would run or read as settings, by the
 * lists that dpkg keeps (deb-md5sums(5): MD5 and a path from the root). A file that its package no
 * longer vouches for is not good.
 */
export function importDebian(
  root: string,
  isWanted: (packageName: string) => boolean = () => true,
): Imported {
  const folder = join(root, 'var/lib/dpkg/info');
  const all: Imported = { sha256: new Set(), absent: 0, different: 0 };
  for (const name of readdirSync(folder)) {
    if (!name.endsWith('.md5sums')) continue;
    if (!isWanted(name.slice(0, -'.md5sums'.length).replace(/:.*$/, ''))) continue;
    const entries = parseChecksums(readFileSync(join(folder, name), 'utf8'));
    const judged = entries.filter(({ path }) => path !== null && isJudged(path));
    const one = importChecksums(judged, root);
    for (const digest of one.sha256) all.sha256.add(digest);
    all.absent += one.absent;
    all.different += one.different;
  }
  return all;
}

/** Of other kinds a package has far more files, and the scanner never acts on them. */
function isJudged(path: string): boolean {
  return fileKind(path.slice(path.lastIndexOf('/') + 1), NOTHING, 0) !== 'other';
}
