import { readdir, readFile, rm, stat } from 'node:fs/promises';
import { resolve } from 'node:path';

type Chunk = { file: string; css?: string[]; assets?: string[] };

const KEPT_MS = 24 * 3_600_000;

/**
 * Takes the files of earlier builds away, but only after a day: pages that are open in browsers,
 * and servers that still run on the build before, go on asking for them.
 */
export async function pruneFolder(folder: string, nowMs: number): Promise<void> {
  const manifest = await readFile(resolve(folder, '.vite/manifest.json'), 'utf8');
  const chunks = Object.values(JSON.parse(manifest) as Record<string, Chunk>);
  const current = new Set(
    chunks.flatMap((chunk) => [chunk.file, ...(chunk.css ?? []), ...(chunk.assets ?? [])]),
  );
  const entries = await readdir(folder, { withFileTypes: true });
  for (const entry of entries) {
    const name = entry.name.replace(/\.(br|gz)$/, '');
    if (!entry.isFile() || current.has(name)) continue;
    const file = resolve(folder, entry.name);
    const { mtimeMs } = await stat(file);
    if (nowMs - mtimeMs > KEPT_MS) await rm(file, { force: true });
  }
}
