import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';

/** What the stand-ins wrote into their own files, behind the product's back. */
export type VendorBooks = {
  /** Keys that are live at the licence supplier. */
  liveKeys: string[];
  /** Money captured by the gateway, by our payment's id. */
  captured: Map<string, bigint>;
};

export function readVendorBooks(dataDir: string): VendorBooks {
  const licences = open(dataDir, 'whmcs/licences.sqlite');
  const liveKeys = licences
    .prepare(`select key from licence where status <> 'Cancelled' order by key`)
    .all()
    .map((row) => String(row['key']));
  licences.close();
  const card = open(dataDir, 'card/sandbox-card.sqlite');
  const payments = card
    .prepare('select document from payment')
    .all()
    .map((row) => JSON.parse(String(row['document'])) as Record<string, string>)
    .filter(({ state }) => state === 'succeeded');
  card.close();
  return {
    liveKeys,
    captured: new Map(
      payments.map(({ paymentId, amountMinor }) => [paymentId ?? '', BigInt(amountMinor ?? 0)]),
    ),
  };
}

function open(dataDir: string, file: string): DatabaseSync {
  return new DatabaseSync(join(dataDir, 'vendors', file));
}
