import { opendirSync, type Dirent } from 'node:fs';

const SLASH = Buffer.from('/');

/** Every file below a folder of the root, links left alone; null when there are more than that. */
export function filesBelow(root: string, first: Buffer, most: number): Buffer[] | null {
  const files: Buffer[] = [];
  for (const pending = [first]; pending.length > 0;) {
    const folder = pending.pop() as Buffer;
    try {
      for (const entry of entriesOf(root, folder)) {
        const name = entry.name as unknown as Buffer;
        const path = folder.length > 0 ? Buffer.concat([folder, SLASH, name]) : name;
        if (entry.isDirectory()) pending.push(path);
        else if (entry.isFile()) files.push(path);
        if (files.length + pending.length > most) return null;
      }
    } catch (error) {
      if (!isGone(error)) throw error;
    }
  }
  return files;
}

/** What a folder holds, names as bytes. */
export function* entriesOf(root: string, folder: Buffer): Generator<Dirent> {
  const options = { encoding: 'buffer' } as unknown as { encoding: 'utf8' };
  const dir = opendirSync(pathOf(root, folder) as unknown as string, options);
  try {
    for (let entry = dir.readSync(); entry; entry = dir.readSync()) yield entry;
  } finally {
    dir.closeSync();
  }
}

export function pathOf(root: string, path: Buffer): Buffer {
  return Buffer.concat([Buffer.from(`${root}/`), path]);
}

export function isGone(error: unknown): boolean {
  return ['ENOENT', 'ENOTDIR', 'ELOOP'].includes((error as NodeJS.ErrnoException).code ?? '');
}
