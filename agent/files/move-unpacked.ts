import { lstatSync } from 'node:fs';
import { chown, rename } from 'node:fs/promises';
import type { NodeContext } from '../node-context.ts';
import { accept, refuse, type Answer } from '../refusal.ts';
import type { Place } from './account-files.ts';
import { entryIn, inFolder } from './beneath.ts';

/** A file that lies ready in the staging folder, or (source null) a folder to make. */
export type Unpacked = { names: string[]; source: string | null; sizeBytes: number };

/** Moves what an archive held into the home; one rename a file, so each is whole at any moment. */
export async function moveUnpacked(
  node: NodeContext,
  place: Place,
  unpacked: Unpacked[],
): Promise<Answer<{ path: string; files: number; sizeBytes: number }>> {
  const base = place.name === '' ? [] : [...place.folder, place.name];
  const sizeBytes = unpacked.reduce((sum, file) => sum + file.sizeBytes, 0);
  if (sizeBytes > (await node.usage.remainingBytes(place.account.packageRef))) {
    return refuse('disk-limit-reached', 'The package has no room for these files.');
  }
  for (const item of unpacked) {
    const blocked = await checkTarget(place, [...base, ...item.names], item.source === null);
    if (blocked) return blocked;
  }
  for (const item of unpacked) {
    const moved = await moveOne(place, [...base, ...item.names], item.source);
    if (!moved.ok) return moved;
    if (item.source === null) continue;
    const path = [...base, ...item.names].join('/');
    const event = { accountRef: place.account.ref, path, by: 'archive' as const };
    node.announceFile({ ...event, at: node.now() });
  }
  node.usage.changed(place.account.ref, sizeBytes, true);
  const files = unpacked.filter((item) => item.source !== null).length;
  return accept({ path: place.path, files, sizeBytes });
}

/** Looks whether a file would land on a folder or the other way round, before anything moves. */
async function checkTarget(place: Place, names: string[], folder: boolean) {
  const above = names.slice(0, -1);
  const found = await inFolder(place.home, above, (parent) => {
    const there = lstatSync(entryIn(parent, names.at(-1) ?? ''), { throwIfNoEntry: false });
    const clash = there !== undefined && there.isDirectory() !== folder;
    return clash ? refuse('entry-exists', clashWords(names)) : accept(null);
  });
  return found.ok || found.code === 'entry-not-found' ? null : found;
}

function clashWords(names: string[]): string {
  return `The archive and the site differ on whether ${names.join('/')} is a file or a folder.`;
}

async function moveOne(
  place: Place,
  names: string[],
  source: string | null,
): Promise<Answer<null>> {
  const make = { owner: place.owner };
  if (source === null) return inFolder(place.home, names, () => accept(null), make);
  if (place.owner !== null) await chown(source, place.owner, place.owner);
  const move = async (folder: number) => {
    await rename(source, entryIn(folder, names.at(-1) ?? ''));
    return accept(null);
  };
  return inFolder(place.home, names.slice(0, -1), move, make);
}
