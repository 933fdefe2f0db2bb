import type { Entry, ZipFile } from 'yauzl';
import { accept, refuse, type Answer } from '../refusal.ts';
import { splitEntryPath } from './entry-path.ts';

export type ArchiveLimits = { maxEntries: number; maxBytes: number };

export type PlannedEntry = { entry: Entry; names: string[]; folder: boolean };

const linkMode = 0o120000;
const typeMask = 0o170000;
/** Ordinary text packs 20 : 1 at best; a bomb's layer 1000 : 1. */
const maxRatio = 200;
const ratioFreeBytes = 4 * 1024 * 1024;

/**
 * Reads the whole table of contents and decides before a byte is unpacked. What the table says of
 * sizes is not trusted here: unpacking counts again.
 */
export async function inspectArchive(
  archive: ZipFile,
  limits: ArchiveLimits,
): Promise<Answer<PlannedEntry[]>> {
  const planned: PlannedEntry[] = [];
  const kinds = new Map<string, 'file' | 'folder'>();
  let bytes = 0;
  let packedBytes = 0;
  for await (const entry of archive.eachEntry()) {
    if (planned.length >= limits.maxEntries) return tooManyEntries(limits);
    const checked = inspectEntry(entry);
    if (!checked.ok) return checked;
    bytes += entry.uncompressedSize;
    packedBytes += entry.compressedSize;
    if (bytes > limits.maxBytes || (bytes > ratioFreeBytes && bytes > packedBytes * maxRatio)) {
      return archiveTooLarge();
    }
    const { names, folder } = checked.value;
    if (names.length === 0) continue;
    if (clashes(kinds, names, folder)) {
      return refuse('archive-path-unsafe', 'Two entries of the archive have the same path.');
    }
    planned.push(checked.value);
  }
  return accept(planned);
}

function inspectEntry(entry: Entry): Answer<PlannedEntry> {
  if (entry.isEncrypted()) {
    return refuse('archive-encrypted', 'The archive is encrypted; pack it without a password.');
  }
  if (!entry.canDecodeFileData()) {
    return refuse('archive-unreadable', 'Pack the archive as plain zip (deflate).');
  }
  const mode = (entry.externalFileAttributes >>> 16) & typeMask;
  if (mode === linkMode) {
    return refuse(
      'archive-contains-link',
      'The archive contains links; pack the files themselves.',
    );
  }
  const names = splitEntryPath(entry.fileName);
  if (!names.ok) return unsafePath();
  return accept({ entry, names: names.value, folder: entry.fileName.endsWith('/') });
}

/** A path used twice, or as a file and a folder at once, has no single meaning. */
function clashes(kinds: Map<string, 'file' | 'folder'>, names: string[], folder: boolean): boolean {
  for (let depth = 1; depth < names.length; depth += 1) {
    const above = names.slice(0, depth).join('/');
    if (kinds.get(above) === 'file') return true;
    kinds.set(above, 'folder');
  }
  const path = names.join('/');
  const before = kinds.get(path);
  kinds.set(path, folder ? 'folder' : 'file');
  return before !== undefined && !(before === 'folder' && folder);
}

export function unsafePath() {
  return refuse('archive-path-unsafe', 'The archive contains a path that leads out of its folder.');
}

export function archiveTooLarge() {
  return refuse('archive-too-large', 'Unpacked, the archive is larger than there is room for.');
}

function tooManyEntries(limits: ArchiveLimits) {
  return refuse('archive-too-large', `The archive holds more than ${limits.maxEntries} entries.`);
}
