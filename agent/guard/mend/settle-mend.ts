import { closeSync, lstatSync, unlinkSync } from 'node:fs';
import { asAccount } from './as-account.ts';
import { leftBecause } from './left-alone.ts';
import type { Owner } from './mend-file.ts';
import type { MendRecord } from './mend-record.ts';
import { entryAt, openHome, withEntry, type Entry } from './open-entry.ts';
import { allMends, dropObject, saveMend, type Quarantine } from './quarantine.ts';
import { readOpen } from './read-entry.ts';
import { temporaryName } from './replace-file.ts';

/**
 * Looks which file stands there, the old or the new, and writes it into the record. Whatever a cut
 * left in the folder goes. The rename is the one step that decides, so there is no third answer
 * but somebody else's file.
 */
export function settleMend(
  quarantine: Quarantine,
  record: MendRecord,
  entry: Entry | null,
  account: number | null,
): MendRecord {
  const found = entry ? shaOf(entry, account) : null;
  const settled = { ...record, state: stateBy(record, found) };
  if (entry) sweep(entry, record, account);
  saveMend(quarantine, settled);
  if (settled.state === 'abandoned') dropObject(quarantine, record.findingId);
  return settled;
}

function stateBy(record: MendRecord, found: string | null): MendRecord['state'] {
  const isOld = found === record.before.sha256;
  if (record.state === 'restoring') return isOld ? 'restored' : 'done';
  if (isOld) return 'abandoned';
  return found === (record.after?.sha256 ?? null) ? 'done' : 'superseded';
}

function shaOf(entry: Entry, account: number | null): string | null {
  try {
    const read = readOpen(entry, account);
    return read.kind === 'left' ? read.reason : read.sha256;
  } catch (error) {
    const left = leftBecause(error);
    if (!left) throw error;
    return left.reason === 'gone' ? null : left.reason;
  }
}

function sweep(entry: Entry, record: MendRecord, account: number | null): void {
  const at = entryAt(entry.folder, temporaryName(record.findingId));
  try {
    asAccount(account, () => {
      if (lstatSync(at, { throwIfNoEntry: false })) unlinkSync(at);
    });
  } catch (error) {
    // The account took away its own right to write there: what is left is the account's.
    if (!leftBecause(error)) throw error;
  }
}

/**
 * Finishes what a kill cut short. `ownerOf` is null for an account that is gone. Answers with the
 * records it settled.
 */
export function recoverMends(
  quarantine: Quarantine,
  ownerOf: (accountRef: string) => Owner | null,
): MendRecord[] {
  const open = allMends(quarantine).filter(
    ({ state }) => state === 'intended' || state === 'restoring',
  );
  return open.map((record) => {
    const owner = ownerOf(record.accountRef);
    if (!owner) return settleMend(quarantine, record, null, null);
    const home = openHome(owner.home);
    try {
      const path = Buffer.from(record.pathHex, 'hex');
      const settled = withEntry(home, owner.uid, path, (entry) =>
        settleMend(quarantine, record, entry, owner.uid),
      );
      return 'kind' in settled ? settleMend(quarantine, record, null, null) : settled;
    } finally {
      closeSync(home);
    }
  });
}
