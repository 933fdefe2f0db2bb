import { lstatSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const MOST_FILES = 500;
const MOST_BYTES = 16 * 1024 * 1024;

export interface YaraRules {
  /** Changes when a file comes, goes or is written. */
  digest: string;
  files: () => { name: string; text: string }[];
}

/** `*.yar` and `*.yara` of one folder, by name; throws in words where there is no such folder. */
export function readYaraRules(folder: string): YaraRules {
  const names = readdirSync(folder)
    .filter((name) => /\.yara?$/i.test(name))
    .toSorted()
    .slice(0, MOST_FILES);
  let room = MOST_BYTES;
  const found = names.flatMap((name) => {
    const stats = lstatSync(join(folder, name), { throwIfNoEntry: false });
    if (!stats?.isFile() || stats.size > room) return [];
    room -= stats.size;
    return [{ name, mark: `${name} ${stats.size} ${stats.mtimeMs}` }];
  });
  return {
    digest: found.map(({ mark }) => mark).join('\n'),
    files: () =>
      found.map(({ name }) => ({ name, text: readFileSync(join(folder, name), 'utf8') })),
  };
}
