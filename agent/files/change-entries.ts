import { lstatSync } from 'node:fs';
import { randomUUID } from 'node:crypto';
import { rename } from 'node:fs/promises';
import { join } from 'node:path';
import type { NodeContext } from '../node-context.ts';
import { accept, refuse, type Answer } from '../refusal.ts';
import type { Place } from './account-files.ts';
import { entryIn, inFolder } from './beneath.ts';

/** Makes a folder with those above it; one that is there already is accepted. */
export function makeFolder(place: Place): Promise<Answer<{ path: string }>> {
  const make = { owner: place.owner };
  const names = [...place.folder, place.name];
  return inFolder(place.home, names, () => accept({ path: place.path }), make);
}

/** Deletes a file, or a folder with everything in it; what is gone already is accepted. */
export async function deleteEntry(
  node: NodeContext,
  place: Place,
): Promise<Answer<{ path: string }>> {
  const removed = await inFolder(place.home, place.folder, async (folder) => {
    // Moved to the trash in one step: the site never sees a half-deleted folder.
    const trash = join(node.store.folders.trash, randomUUID());
    await rename(entryIn(folder, place.name), trash);
    return accept({ path: place.path });
  });
  node.usage.changed(place.account.ref, 0, true);
  node.store.emptyTrash().catch((error) => node.log.error({ error }, 'trash not emptied'));
  const gone = !removed.ok && removed.code === 'entry-not-found';
  return gone ? accept({ path: place.path }) : removed;
}

/** Renames or moves inside the home; refuses to write over anything. */
export function renameEntry(
  node: NodeContext,
  from: Place,
  to: Place,
): Promise<Answer<{ path: string }>> {
  if (`${to.path}/`.startsWith(`${from.path}/`)) {
    const refusal = refuse('entry-exists', 'A folder cannot be moved into itself.');
    return Promise.resolve(refusal);
  }
  return inFolder(from.home, from.folder, (source) => {
    lstatSync(entryIn(source, from.name));
    return inFolder(
      to.home,
      to.folder,
      async (target) => {
        if (lstatSync(entryIn(target, to.name), { throwIfNoEntry: false })) {
          return refuse('entry-exists', 'There is already something with this name.');
        }
        await rename(entryIn(source, from.name), entryIn(target, to.name));
        // A name decides what a server makes of the content.
        const event = { accountRef: to.account.ref, path: to.path, by: 'upload' as const };
        node.announceFile({ ...event, at: node.now() });
        return accept({ path: to.path });
      },
      { owner: to.owner },
    );
  });
}
