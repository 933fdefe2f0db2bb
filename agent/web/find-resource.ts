import { closeSync, constants, fstatSync, lstatSync, openSync, readFileSync } from 'node:fs';
import { entryIn, openFolder } from '../files/beneath.ts';
import { siteFolder } from '../packages/prepare-home.ts';

export type Resource =
  | { kind: 'file'; descriptor: number; sizeBytes: number; changedMs: number; name: string }
  | { kind: 'script'; names: string[]; pathInfo: string }
  | { kind: 'redirect-to-folder' }
  | { kind: 'forbidden' }
  | { kind: 'missing' };

const { O_NOFOLLOW, O_NONBLOCK, O_RDONLY } = constants;
const indexes = ['index.php', 'index.html', 'index.htm'];
/** Anything that is or was PHP source: run if it ends in .php, never shown. */
const phpSource = /\.(php\d?|phtml|phar|phps)$/i;

/** Finds what a path of the site means. A `file` comes open: the caller closes the descriptor. */
export function findResource(home: string, names: string[], slash: boolean): Resource {
  if (names.some((name) => name.startsWith('.') && name !== '.well-known')) {
    return { kind: 'forbidden' };
  }
  const site = openFolder(home, [siteFolder]);
  if (!site.ok) return { kind: 'missing' };
  try {
    const found = walk(site.value, names, slash);
    return found.kind === 'missing' ? frontController(site.value) : found;
  } finally {
    closeSync(site.value);
  }
}

function walk(site: number, names: string[], slash: boolean): Resource {
  let folder = site;
  try {
    for (const [index, name] of names.entries()) {
      const kind = kindOf(folder, name);
      if (kind === 'file') {
        return fileOrScript(folder, names.slice(0, index + 1), names.slice(index + 1), slash);
      }
      if (kind !== 'folder') return { kind: 'missing' };
      const next = openSync(entryIn(folder, name), O_RDONLY | constants.O_DIRECTORY | O_NOFOLLOW);
      if (folder !== site) closeSync(folder);
      folder = next;
    }
    if (!slash) return { kind: 'redirect-to-folder' };
    for (const index of indexes) {
      if (kindOf(folder, index) === 'file') {
        return fileOrScript(folder, [...names, index], [], false);
      }
    }
    return { kind: names.length === 0 ? 'forbidden' : 'missing' };
  } catch (error) {
    // Renamed or removed while we looked.
    if (['ENOENT', 'ENOTDIR', 'ELOOP'].includes((error as NodeJS.ErrnoException).code ?? '')) {
      return { kind: 'missing' };
    }
    throw error;
  } finally {
    if (folder !== site) closeSync(folder);
  }
}

function kindOf(folder: number, name: string): 'file' | 'folder' | null {
  const stat = lstatSync(entryIn(folder, name), { throwIfNoEntry: false });
  if (stat?.isFile()) return 'file';
  return stat?.isDirectory() ? 'folder' : null;
}

function fileOrScript(folder: number, names: string[], rest: string[], slash: boolean): Resource {
  const name = names.at(-1) ?? '';
  if (/\.php$/i.test(name)) {
    const tail = slash && rest.length > 0 ? '/' : '';
    const pathInfo = rest.length > 0 ? `/${rest.join('/')}${tail}` : slash ? '/' : '';
    return { kind: 'script', names, pathInfo };
  }
  if (phpSource.test(name)) return { kind: 'forbidden' };
  if (rest.length > 0 || slash) return { kind: 'missing' };
  const descriptor = openSync(entryIn(folder, name), O_RDONLY | O_NOFOLLOW | O_NONBLOCK);
  const stat = fstatSync(descriptor);
  if (!stat.isFile()) {
    closeSync(descriptor);
    return { kind: 'missing' };
  }
  return { kind: 'file', descriptor, sizeBytes: stat.size, changedMs: stat.mtimeMs, name };
}

/**
 * The one rewrite that nearly every PHP application ships in `.htaccess`: what is no file goes to
 * index.php. Other rules of Apache's are not read.
 */
function frontController(site: number): Resource {
  const missing = { kind: 'missing' } as const;
  if (kindOf(site, '.htaccess') !== 'file' || kindOf(site, 'index.php') !== 'file') return missing;
  const descriptor = openSync(entryIn(site, '.htaccess'), O_RDONLY | O_NOFOLLOW | O_NONBLOCK);
  try {
    if (fstatSync(descriptor).size > 64 * 1024) return missing;
    const rules = readFileSync(descriptor, 'utf8');
    const rewrites = /^[ \t]*(RewriteRule[ \t]+\S+|FallbackResource)[ \t]+\/?index\.php\b/im;
    return rewrites.test(rules) ? { kind: 'script', names: ['index.php'], pathInfo: '' } : missing;
  } finally {
    closeSync(descriptor);
  }
}
