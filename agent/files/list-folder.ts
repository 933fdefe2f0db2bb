import { lstatSync, readdirSync } from 'node:fs';
import { accept, type Answer } from '../refusal.ts';
import type { Place } from './account-files.ts';
import { entryIn, folderPath, inFolder } from './beneath.ts';

export type FolderEntry = {
  name: string;
  kind: 'file' | 'folder' | 'other';
  sizeBytes: number;
  changedAt: string;
};

const maxEntries = 5000;

/** Folders first, then files, by name; `truncated` when the folder holds more than is shown. */
export function listFolder(
  place: Place,
): Promise<Answer<{ path: string; entries: FolderEntry[]; truncated: boolean }>> {
  const names = place.name === '' ? [] : [...place.folder, place.name];
  return inFolder(place.home, names, (folder) => {
    const found = readdirSync(folderPath(folder)).filter((name) => name.isWellFormed());
    const shown = found.slice(0, maxEntries).flatMap((name) => describe(folder, name));
    shown.sort(byKindAndName);
    return accept({ path: place.path, entries: shown, truncated: found.length > maxEntries });
  });
}

function describe(folder: number, name: string): FolderEntry[] {
  const stat = lstatSync(entryIn(folder, name), { throwIfNoEntry: false });
  if (!stat) return [];
  const kind = stat.isFile() ? 'file' : stat.isDirectory() ? 'folder' : 'other';
  const sizeBytes = kind === 'file' ? stat.size : 0;
  return [{ name, kind, sizeBytes, changedAt: stat.mtime.toISOString() }];
}

function byKindAndName(a: FolderEntry, b: FolderEntry): number {
  const rank = { folder: 0, file: 1, other: 2 };
  return rank[a.kind] - rank[b.kind] || (a.name < b.name ? -1 : 1);
}
