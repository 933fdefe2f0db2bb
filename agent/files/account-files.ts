import type { NodeContext } from '../node-context.ts';
import { accept, refuse, type Answer } from '../refusal.ts';
import type { AccountRecord } from '../records/records.ts';
import { findAccount } from '../packages/views.ts';
import type { Owner } from './beneath.ts';
import { splitEntryPath } from './entry-path.ts';

/** One entry of one account, checked and ready to be worked on. */
export type Place = {
  account: AccountRecord;
  home: string;
  owner: Owner;
  /** Folder of the entry, then its name; name is '' for the home itself. */
  folder: string[];
  name: string;
  path: string;
};

/** Folders the web server and PHP rely on: they may be filled and emptied, not removed. */
const protectedFolders = new Set(['public_html', 'tmp', 'logs']);

export function findPlace(
  node: NodeContext,
  packageRef: string,
  accountRef: string,
  path: string,
): Answer<Place> {
  const found = findAccount(node, packageRef, accountRef);
  if (!found.ok) return found;
  const names = splitEntryPath(path);
  if (!names.ok) return names;
  return accept({
    account: found.value,
    home: node.store.homeOf(accountRef),
    owner: process.getuid?.() === 0 ? found.value.uid : null,
    folder: names.value.slice(0, -1),
    name: names.value.at(-1) ?? '',
    path: names.value.join('/'),
  });
}

/** As findPlace, for what changes the entry itself: not the home, not a folder the site needs. */
export function findChangeable(
  node: NodeContext,
  packageRef: string,
  accountRef: string,
  path: string,
): Answer<Place> {
  const place = findPlace(node, packageRef, accountRef, path);
  if (!place.ok) return place;
  if (place.value.path === '' || protectedFolders.has(place.value.path)) {
    return refuse('folder-protected', 'The site needs this folder; change what is inside it.');
  }
  return place;
}
