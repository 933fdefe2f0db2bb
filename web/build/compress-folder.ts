import { existsSync } from 'node:fs';
import { glob, readFile, writeFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { promisify } from 'node:util';
import { brotliCompress, constants, gzip } from 'node:zlib';

const brotli = promisify(brotliCompress);
const zip = promisify(gzip);

/** Below this a compressed copy saves less than a packet. */
const BYTES_MIN = 1000;

/** Lays `.br` and `.gz` copies beside every text file of a built bundle. */
export async function compressFolder(folder: string): Promise<void> {
  const names = await Array.fromAsync(glob('**/*.{js,css,svg,json}', { cwd: folder }));
  await Promise.all(
    names.map(async (name) => {
      const file = resolve(folder, name);
      // Names carry the hash of the content, so a copy that is there fits.
      if (existsSync(`${file}.br`)) return;
      const content = await readFile(file);
      if (content.length < BYTES_MIN) return;
      const params = { [constants.BROTLI_PARAM_QUALITY]: 9 };
      await writeFile(`${file}.gz`, await zip(content, { level: 9 }));
      await writeFile(`${file}.br`, await brotli(content, { params }));
    }),
  );
}
