import { mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { writeDurably } from '../mend/write-durably.ts';

/**
 * A folder of rules as PHP loads it (`sp.configuration_file = …/*.rules`), with all earlier versions
 * of each site below `versions/`. PHP reads it when it starts: a change wants a reload of PHP-FPM.
 */
export interface KeptRules {
  version: number;
  /** False where the rules are what they were. */
  changed: boolean;
}

/** Takes rules into use as a new version; the same rules again are no new version. */
export function keepRules(
  folder: string,
  site: string,
  make: (version: number) => string,
): KeptRules {
  const versions = join(folder, 'versions', site);
  mkdirSync(versions, { recursive: true, mode: 0o755 });
  const known = versionsIn(versions);
  const current = readCurrent(folder, site);
  const version = (known.at(-1) ?? 0) + 1;
  const text = make(version);
  if (current && bodyOf(current) === bodyOf(text)) {
    return { version: versionOf(current), changed: false };
  }
  writeDurably(join(versions, `${version}.rules`), Buffer.from(text));
  writeDurably(join(folder, `${site}.rules`), Buffer.from(text));
  return { version, changed: true };
}

/** Back to the version before the one in use; null where there is none. */
export function rollBackSite(folder: string, site: string): number | null {
  const current = readCurrent(folder, site);
  const versions = join(folder, 'versions', site);
  const before = current && versionsIn(versions).findLast((one) => one < versionOf(current));
  if (!before) return null;
  writeDurably(join(folder, `${site}.rules`), readFileSync(join(versions, `${before}.rules`)));
  return before;
}

function readCurrent(folder: string, site: string): string | null {
  try {
    return readFileSync(join(folder, `${site}.rules`), 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw error;
  }
}

function versionsIn(folder: string): number[] {
  return readdirSync(folder)
    .flatMap((name) => /^(\d{1,9})\.rules$/.exec(name)?.[1] ?? [])
    .map(Number)
    .toSorted((a, b) => a - b);
}

function versionOf(text: string): number {
  return Number(/^# Site .*, version (\d{1,9}), /.exec(text)?.[1] ?? 0);
}

/** Without the lines that say when it was made and of how many files. */
function bodyOf(text: string): string {
  return text
    .split('\n')
    .filter((line) => !line.startsWith('#'))
    .join('\n');
}
