import { createGunzip, type Gunzip } from 'node:zlib';
import { fromBuffer, type Entry, type ZipFile } from 'yauzl';
import { PADDING } from '../lexer/lex-php.ts';
import { limited, type Verdict } from '../scan/verdict.ts';
import { readTar } from './read-tar.ts';

/** Budgets of one archive; what exceeds one is `suspicious: limit`. */
export interface ArchiveLimits {
  members: number;
  /** Bytes of one member and of all together. */
  memberBytes: number;
  allBytes: number;
  /** Unpacked to packed. */
  ratio: number;
  nesting: number;
}

export const ARCHIVE_LIMITS: ArchiveLimits = {
  members: 10_000,
  memberBytes: 16 * 1024 * 1024,
  allBytes: 256 * 1024 * 1024,
  ratio: 100,
  nesting: 2,
};

export type JudgeMember = (
  name: string,
  bytes: Buffer,
  length: number,
  depth: number,
) => Promise<Verdict> | Verdict;

const RANK = { clean: 0, unwanted: 1, suspicious: 2, compromised: 3, malicious: 4 } as const;

/** The worse of two; never actionable: an archive is not taken away for one of its members. */
function worse(found: Verdict | null, next: Verdict): Verdict {
  if (found && RANK[found.class] >= RANK[next.class]) return found;
  return { ...next, actionable: false };
}

/** Judges a zip's members in memory; their names are names only, never paths. */
export async function judgeZip(
  bytes: Buffer,
  judge: JudgeMember,
  depth: number,
  limits = ARCHIVE_LIMITS,
): Promise<Verdict | null> {
  if (depth >= limits.nesting) return limited('archive-nesting');
  let zip: ZipFile;
  try {
    zip = await openZip(bytes);
  } catch {
    return null;
  }
  let found: Verdict | null = null;
  let spent = 0;
  try {
    if (zip.entryCount > limits.members) return limited('archive-members');
    for (let entry = await nextEntry(zip); entry; entry = await nextEntry(zip)) {
      if (entry.isEncrypted()) found = worse(found, limited('archive-encrypted'));
      else if (!entry.fileName.endsWith('/')) {
        const most = Math.min(limits.memberBytes, limits.allBytes - spent);
        const bomb = entry.uncompressedSize > Math.max(1, entry.compressedSize) * limits.ratio;
        if (entry.uncompressedSize > most || bomb) {
          found = worse(found, limited(bomb ? 'archive-ratio' : 'archive-bytes'));
          if (bomb && entry.uncompressedSize > limits.memberBytes) return found;
          if (entry.uncompressedSize > most) continue;
        }
        const member = await readMember(zip, entry, most);
        spent += member.length;
        found = worse(found, await judge(entry.fileName, padded(member), member.length, depth + 1));
      }
    }
  } catch {
    found = worse(found, limited('archive-damaged'));
  } finally {
    zip.close();
  }
  return found;
}

/** Judges a gzip's content: the members of a tar, or the one file it holds. */
export async function judgeGzip(
  name: string,
  bytes: Buffer,
  judge: JudgeMember,
  depth: number,
  limits = ARCHIVE_LIMITS,
): Promise<Verdict | null> {
  if (depth >= limits.nesting) return limited('archive-nesting');
  const most = Math.min(limits.allBytes, Math.max(1024 * 1024, bytes.length * limits.ratio));
  const unpacked = await gunzip(bytes, most);
  if (unpacked === 'too-much') return limited('archive-ratio');
  if (!unpacked) return null;
  const members = readTar(unpacked, limits.members);
  if (members === 'too-many') return limited('archive-members');
  if (!members) {
    return judge(name.replace(/\.gz$/i, ''), padded(unpacked), unpacked.length, depth + 1);
  }
  let found: Verdict | null = null;
  for (const { name: member, bytes: content } of members) {
    if (content.length > limits.memberBytes) found = worse(found, limited('archive-bytes'));
    else found = worse(found, await judge(member, padded(content), content.length, depth + 1));
  }
  return found;
}

function padded(bytes: Buffer): Buffer {
  return Buffer.concat([bytes, Buffer.alloc(PADDING)]);
}

function openZip(bytes: Buffer): Promise<ZipFile> {
  const { promise, resolve, reject } = Promise.withResolvers<ZipFile>();
  fromBuffer(bytes, { lazyEntries: true, decodeStrings: true }, (error, zip) =>
    error ? reject(error) : resolve(zip),
  );
  return promise;
}

function nextEntry(zip: ZipFile): Promise<Entry | null> {
  const { promise, resolve, reject } = Promise.withResolvers<Entry | null>();
  zip.removeAllListeners();
  zip.once('entry', resolve);
  zip.once('end', () => resolve(null));
  zip.once('error', reject);
  zip.readEntry();
  return promise;
}

async function readMember(zip: ZipFile, entry: Entry, most: number): Promise<Buffer> {
  const { promise, resolve, reject } = Promise.withResolvers<NodeJS.ReadableStream>();
  zip.openReadStream(entry, (error, stream) => (error ? reject(error) : resolve(stream)));
  return collect(await promise, most);
}

async function collect(stream: NodeJS.ReadableStream, most: number): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of stream) {
    length += chunk.length;
    if (length > most) throw new Error('too-much');
    chunks.push(chunk as Buffer);
  }
  return Buffer.concat(chunks);
}

async function gunzip(bytes: Buffer, most: number): Promise<Buffer | 'too-much' | null> {
  const stream: Gunzip = createGunzip();
  stream.end(bytes);
  try {
    return await collect(stream, most);
  } catch (error) {
    return (error as Error).message === 'too-much' ? 'too-much' : null;
  }
}
