/** One line of a list: a digest of a content, and where in a release it stands. */
export interface Checksum {
  algorithm: 'sha256' | 'md5';
  /** Lower-case hex. */
  digest: string;
  /** Path within the release; null where the list names none. */
  path: string | null;
}

const DIGEST = /^(?:[0-9a-f]{64}|[0-9a-f]{32})$/i;
const MOST_ENTRIES = 5_000_000;

/**
 * Reads what `sha256sum` and `md5sum` write (also with `--tag`), Debian's md5sums, and the JSON of
 * wp-cli and api.wordpress.org: `{ checksums: { path: md5 } }`, by version or not, and plugins'
 * `{ files: { path: { md5, sha256 } } }`. What is none of these is no entry.
 */
export function parseChecksums(text: string): Checksum[] {
  return /^\s*\{/.test(text) ? parseJson(text) : parseLines(text);
}

function parseLines(text: string): Checksum[] {
  const found: Checksum[] = [];
  for (const line of text.split('\n', MOST_ENTRIES)) {
    const plain = /^\\?([0-9a-f]+)(?:[ \t]+\*?(.+))?\s*$/i.exec(line);
    const tagged = /^(?:SHA256|MD5) \((.+)\) = ([0-9a-f]+)\s*$/.exec(line);
    const digest = tagged?.[2] ?? plain?.[1] ?? '';
    if (DIGEST.test(digest)) found.push(entry(digest, tagged?.[1] ?? plain?.[2] ?? null));
  }
  return found;
}

function parseJson(text: string): Checksum[] {
  const root = JSON.parse(text) as unknown;
  const found: Checksum[] = [];
  // Paths are keys, at most two levels down: checksums, then perhaps a version.
  for (const key of ['checksums', 'files']) {
    const list = isRecord(root) ? root[key] : undefined;
    if (isRecord(list)) collect(list, found, 1);
  }
  return found;
}

function collect(list: Record<string, unknown>, found: Checksum[], versions: number): void {
  for (const [path, value] of Object.entries(list)) {
    if (found.length >= MOST_ENTRIES) return;
    const digests = digestsOf(value);
    for (const digest of digests) found.push(entry(digest, path));
    if (digests.length === 0 && versions > 0 && isRecord(value)) collect(value, found, 0);
  }
}

/** A digest, a list of them (a plugin's file may differ between builds), or one per algorithm. */
function digestsOf(value: unknown): string[] {
  if (typeof value === 'string') return DIGEST.test(value) ? [value] : [];
  if (Array.isArray(value)) return value.flatMap(digestsOf);
  if (!isRecord(value)) return [];
  const strong = digestsOf(value['sha256']);
  return strong.length > 0 ? strong : digestsOf(value['md5']);
}

function entry(digest: string, path: string | null): Checksum {
  const algorithm = digest.length === 64 ? 'sha256' : 'md5';
  return { algorithm, digest: digest.toLowerCase(), path };
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
