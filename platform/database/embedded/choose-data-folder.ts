import { createHash } from 'node:crypto';
import { chmodSync, mkdirSync, realpathSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { clusterExists } from './create-cluster.ts';
import { canEnter, runningAsRoot, unprivilegedAccount } from './server-account.ts';
import { ensureOwnFolder, sharedFolder } from './shared-folder.ts';

/**
 * Where the built-in server keeps its data: `postgres` in the folder of all our data. Only when we
 * are root and the server's account cannot enter that, a folder outside, of this one's own.
 * A database that exists already is never left behind.
 */
export function chooseDataFolder(ourData: string): string {
  const inside = join(ourData, 'postgres');
  if (!runningAsRoot() || clusterExists(join(inside, 'cluster'))) return inside;

  if (mkdirSync(ourData, { recursive: true, mode: 0o711 })) chmodSync(ourData, 0o711);
  const here = realpathSync(ourData);
  const name = createHash('sha256').update(here).digest('hex').slice(0, 16);
  const own = join(ensureOwnFolder(join(sharedFolder(), 'data')), name);
  const outside = join(own, 'postgres');
  if (clusterExists(join(outside, 'cluster'))) return outside;

  if (canEnter(unprivilegedAccount(), here)) return inside;
  ensureOwnFolder(own);
  writeFileSync(join(own, 'belongs-to'), `${here}\n`); // for whoever wonders what this folder is
  return ensureOwnFolder(outside);
}
