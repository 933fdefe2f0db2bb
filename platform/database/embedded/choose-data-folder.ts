import { createHash } from 'node:crypto';
import { chmodSync, mkdirSync, realpathSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { clusterExists } from './create-cluster.ts';
import { canEnter, runningAsRoot, unprivilegedAccount } from './server-account.ts';
import { ensureOwnFolder, sharedFolder } from './shared-folder.ts';

/**
 * Where the database of a checkout lives: `.data/postgres` inside it. Only when we are root and
 * the server's account cannot enter the checkout, a folder of this checkout's own outside.
 * A database that exists already is never left behind.
 */
export function chooseDataFolder(checkout: string): string {
  const data = join(checkout, '.data');
  const inside = join(data, 'postgres');
  if (!runningAsRoot() || clusterExists(join(inside, 'cluster'))) return inside;

  const here = realpathSync(checkout);
  const name = createHash('sha256').update(here).digest('hex').slice(0, 16);
  const checkouts = ensureOwnFolder(join(sharedFolder(), 'checkouts'));
  const own = join(checkouts, name);
  const outside = join(own, 'postgres');
  if (clusterExists(join(outside, 'cluster'))) return outside;

  if (mkdirSync(data, { recursive: true, mode: 0o711 })) chmodSync(data, 0o711);
  if (canEnter(unprivilegedAccount(), data)) return inside;
  ensureOwnFolder(own);
  writeFileSync(join(own, 'checkout'), `${here}\n`); // for whoever wonders what this folder is
  return ensureOwnFolder(outside);
}
