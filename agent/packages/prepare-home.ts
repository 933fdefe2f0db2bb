import { chown, mkdir, mkdtemp, open } from 'node:fs/promises';
import { join } from 'node:path';
import type { AccountRecord } from '../records/records.ts';
import { syncFolder } from '../records/durable-file.ts';
import { welcomePage } from './welcome-page.ts';

/** The folder the web serves, inside a home. */
export const siteFolder = 'public_html';

/** Builds a new account's home beside the others, owned by the account when we may (as root). */
export async function prepareHome(
  incoming: string,
  account: AccountRecord,
  platform: 'linux' | 'windows',
): Promise<string> {
  const home = await mkdtemp(join(incoming, 'home-'));
  const site = join(home, siteFolder);
  const page = join(site, 'index.php');
  const inside = [site, join(home, 'tmp'), join(home, 'logs')];
  for (const folder of inside) await mkdir(folder, { mode: 0o750 });
  const file = await open(page, 'wx', 0o640);
  try {
    await file.writeFile(welcomePage(account.domain, platform));
    await file.sync();
  } finally {
    await file.close();
  }
  if (process.getuid?.() === 0) {
    for (const path of [page, ...inside, home]) await chown(path, account.uid, account.uid);
  }
  for (const folder of [site, home]) await syncFolder(folder);
  return home;
}
