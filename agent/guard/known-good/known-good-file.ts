import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs';

/**
 * Contents that are never acted on: a line each, beginning with a SHA-256 in hex, as sha256sum
 * writes them. Other lines say nothing.
 */
export function readKnownGoodFile(path: string): Set<string> {
  const known = new Set<string>();
  for (const line of readFileSync(path, 'utf8').split('\n')) {
    const digest = line.slice(0, 64).toLowerCase();
    if (/^[0-9a-f]{64}$/.test(digest)) known.add(digest);
  }
  return known;
}

/** Adds to the file, or makes it; who reads it meanwhile sees the old or the new one. */
export function addToKnownGoodFile(path: string, digests: ReadonlySet<string>): number {
  const known = existsSync(path) ? readKnownGoodFile(path) : new Set<string>();
  const before = known.size;
  for (const digest of digests) known.add(digest);
  const written = `${path}.${process.pid}`;
  writeFileSync(
    written,
    [...known]
      .sort()
      .map((digest) => `${digest}\n`)
      .join(''),
    { mode: 0o644 },
  );
  renameSync(written, path);
  return known.size - before;
}
