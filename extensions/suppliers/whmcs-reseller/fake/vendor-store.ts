import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';

export type VendorLicence = {
  key: string;
  product: string;
  status: 'Active' | 'Reissued' | 'Suspended' | 'Cancelled';
  domain: string;
  ip: string;
  directory: string;
  issuedOn: string;
};

export type VendorStore = ReturnType<typeof openVendorStore>;

/** The vendor's own records: one SQLite file, synced at each change, so `kill -9` loses nothing. */
export function openVendorStore(folder: string) {
  mkdirSync(folder, { recursive: true });
  const database = new DatabaseSync(join(folder, 'licences.sqlite'));
  database.exec(`
    PRAGMA journal_mode = WAL;
    PRAGMA synchronous = FULL;
    CREATE TABLE IF NOT EXISTS licence (
      number INTEGER PRIMARY KEY,
      key TEXT NOT NULL UNIQUE,
      product TEXT NOT NULL,
      status TEXT NOT NULL,
      domain TEXT NOT NULL DEFAULT '',
      ip TEXT NOT NULL DEFAULT '',
      directory TEXT NOT NULL DEFAULT '',
      issuedOn TEXT NOT NULL
    )`);
  const columns = 'key, product, status, domain, ip, directory, issuedOn';
  const insert = database.prepare(
    `INSERT INTO licence (${columns}) VALUES (?, ?, ?, '', '', '', ?)`,
  );
  const all = database.prepare(`SELECT ${columns} FROM licence ORDER BY number`);
  const one = database.prepare(`SELECT ${columns} FROM licence WHERE key = ?`);
  const change = database.prepare(
    'UPDATE licence SET product = ?, status = ?, domain = ?, ip = ?, directory = ? WHERE key = ?',
  );
  return {
    add(key: string, product: string, issuedOn: string): void {
      insert.run(key, product, 'Reissued', issuedOn);
    },
    all: () => all.all() as VendorLicence[],
    find: (key: string) => (one.get(key) as VendorLicence | undefined) ?? null,
    save({ key, product, status, domain, ip, directory }: VendorLicence): void {
      change.run(product, status, domain, ip, directory, key);
    },
    close: () => database.close(),
  };
}
