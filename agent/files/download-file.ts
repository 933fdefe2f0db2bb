import { constants } from 'node:fs';
import { open, type FileHandle } from 'node:fs/promises';
import { accept, refuse, type Answer } from '../refusal.ts';
import type { Place } from './account-files.ts';
import { entryIn, inFolder } from './beneath.ts';

const { O_NOFOLLOW, O_NONBLOCK, O_RDONLY } = constants;

/** Opens a regular file for reading; the caller closes the handle. O_NONBLOCK: a FIFO never hangs. */
export function openForDownload(
  place: Place,
): Promise<Answer<{ file: FileHandle; sizeBytes: number }>> {
  if (place.name === '') return Promise.resolve(refuse('not-a-file', 'Name the file to read.'));
  return inFolder(place.home, place.folder, async (folder) => {
    const path = entryIn(folder, place.name);
    const file = await open(path, O_RDONLY | O_NOFOLLOW | O_NONBLOCK);
    const stat = await file.stat();
    if (stat.isFile()) return accept({ file, sizeBytes: stat.size });
    await file.close();
    return refuse('not-a-file', 'This is not a file.');
  });
}
