import { mkdir, readdir, readFile, rename, rm } from 'node:fs/promises';
import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import type { z } from 'zod';
import { syncFolder, writeDurably } from './durable-file.ts';
import { recordIndex } from './record-index.ts';
import { accountRecord, packageRecord, type AccountRecord, type PackageRecord } from './records.ts';

/** First uid for accounts: above Debian's ranges (adduser, systemd, 65534) and subuid's 100000. */
const firstAccountUid = 300_000;

export type NodeStore = Awaited<ReturnType<typeof openStore>>;

/**
 * The node's memory: one JSON file a package and an account, read once at start, each change on
 * disk before it is visible. Homes without a record (a creation cut short) go to the trash.
 */
export async function openStore(dataFolder: string) {
  const folders = layOut(dataFolder);
  for (const folder of Object.values(folders)) {
    await mkdir(folder, { recursive: true, mode: 0o700 });
  }
  const packages = await readRecords(folders.packages, packageRecord);
  const accounts = await readRecords(folders.accounts, accountRecord);

  const index = recordIndex();
  for (const record of packages.values()) index.putPackage(record);
  for (const account of accounts.values()) index.putAccount(account);

  const homeOf = (ref: string) => join(folders.homes, ref);

  const discardHome = async (ref: string) => {
    try {
      await rename(homeOf(ref), join(folders.trash, randomUUID()));
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
    }
  };

  for (const ref of await readdir(folders.homes)) {
    if (!isLive(accounts.get(ref))) await discardHome(ref);
  }
  await rm(folders.incoming, { recursive: true, force: true });
  await mkdir(folders.incoming, { mode: 0o700 });

  return {
    folders,
    packages: packages as ReadonlyMap<string, PackageRecord>,
    accounts: accounts as ReadonlyMap<string, AccountRecord>,
    index,
    homeOf,
    discardHome,
    async savePackage(record: PackageRecord) {
      await writeDurably(join(folders.packages, `${record.ref}.json`), JSON.stringify(record));
      packages.set(record.ref, record);
      index.putPackage(record);
    },
    async saveAccount(record: AccountRecord) {
      await writeDurably(join(folders.accounts, `${record.ref}.json`), JSON.stringify(record));
      accounts.set(record.ref, record);
      index.putAccount(record);
    },
    /** Puts a prepared folder where the account's home belongs. */
    async placeHome(ref: string, prepared: string) {
      await discardHome(ref);
      await rename(prepared, homeOf(ref));
      await syncFolder(folders.homes);
    },
    nextUid() {
      let uid = firstAccountUid;
      for (const account of accounts.values()) uid = Math.max(uid, account.uid + 1);
      return uid;
    },
    /** Frees the disk of what was deleted; slow for big accounts, so never awaited by a caller. */
    async emptyTrash() {
      for (const name of await readdir(folders.trash)) {
        await rm(join(folders.trash, name), { recursive: true, force: true });
      }
    },
  };
}

function layOut(dataFolder: string) {
  return {
    packages: join(dataFolder, 'packages'),
    accounts: join(dataFolder, 'accounts'),
    homes: join(dataFolder, 'homes'),
    incoming: join(dataFolder, 'incoming'),
    trash: join(dataFolder, 'trash'),
  };
}

function isLive(account: AccountRecord | undefined): boolean {
  return account !== undefined && account.deletedAt === null;
}

async function readRecords<T extends { ref: string }>(folder: string, schema: z.ZodType<T>) {
  const records = new Map<string, T>();
  for (const name of await readdir(folder)) {
    const path = join(folder, name);
    if (name.endsWith('.tmp')) {
      await rm(path, { force: true });
      continue;
    }
    const record = schema.parse(JSON.parse(await readFile(path, 'utf8')));
    records.set(record.ref, record);
  }
  return records;
}
