import { hash } from 'node:crypto';
import { readContent } from '../scan/read-content.ts';
import type { Checksum } from './parse-checksums.ts';

export interface Imported {
  /** SHA-256 in hex of contents that are known to be good. */
  sha256: Set<string>;
  /** Entries of which no file was there, or that name a path outside the folder. */
  absent: number;
  /** Files whose content is not what the list says. */
  different: number;
}

/**
 * Takes SHA-256 as they are. MD5 can be made to collide, so an MD5 only counts for a file that is
 * there and has it: what is kept is that file's SHA-256. Paths lead from `root`; without one,
 * entries with MD5 alone are absent.
 */
export function importChecksums(entries: readonly Checksum[], root: string | null): Imported {
  const imported: Imported = { sha256: new Set(), absent: 0, different: 0 };
  for (const { algorithm, digest, path } of entries) {
    if (algorithm === 'sha256') {
      imported.sha256.add(digest);
      continue;
    }
    const content = root === null || path === null ? null : readBeneath(root, path);
    if (!content) imported.absent++;
    else if (hash('md5', content, 'hex') !== digest) imported.different++;
    else imported.sha256.add(hash('sha256', content, 'hex'));
  }
  return imported;
}

/** A regular file read whole; null for links, for what is too long, and for paths that lead out. */
function readBeneath(root: string, path: string): Uint8Array | null {
  if (path.startsWith('/') || path.split('/').includes('..')) return null;
  try {
    const content = readContent(Buffer.from(`${root}/${path}`, 'utf8'));
    if (!content || content.partial) return null;
    return content.bytes.subarray(0, content.length);
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code;
    if (code === 'EACCES' || code === 'ENOTDIR' || code === 'ENAMETOOLONG') return null;
    throw error;
  }
}
