import type { NodeContext } from '../node-context.ts';
import { isReservedUsername } from '../records/names.ts';
import type { AccountRecord, PackageRecord } from '../records/records.ts';
import { accept, refuse, type Answer, type Refusal } from '../refusal.ts';
import { prepareHome } from './prepare-home.ts';
import { findPackage, liveAccounts, viewAccount, type AccountView } from './views.ts';

export type AccountNames = { username: string; domain: string };

/** Creates a hosting account in a package, or answers with the one under the reference. */
export function createAccount(
  node: NodeContext,
  packageRef: string,
  accountRef: string,
  names: AccountNames,
): Promise<Answer<AccountView>> {
  return node.inTurn(async () => {
    const found = findPackage(node, packageRef);
    if (!found.ok) return found;
    const existing = node.store.accounts.get(accountRef);
    if (existing) return answerExisting(node, existing, packageRef, names);
    if (node.store.packages.has(accountRef)) {
      return refuse('account-reference-reused', 'The reference belongs to a package.');
    }
    const refusal = placeRefusal(node, found.value) ?? checkNames(node, names);
    if (refusal) return refusal;
    const record = await raiseAccount(node, found.value, accountRef, names);
    return accept(viewAccount(node, record));
  });
}

function answerExisting(
  node: NodeContext,
  existing: AccountRecord,
  packageRef: string,
  names: AccountNames,
): Answer<AccountView> {
  if (existing.deletedAt !== null) {
    return refuse('reference-terminated', 'This account was deleted; create a new one.');
  }
  const same =
    existing.packageRef === packageRef &&
    existing.username === names.username &&
    existing.domain === names.domain;
  if (same) return accept(viewAccount(node, existing));
  return refuse('account-reference-reused', 'The reference belongs to another hosting account.');
}

function placeRefusal(node: NodeContext, owner: PackageRecord): Refusal | null {
  if (owner.suspension) {
    return refuse('package-suspended', 'The package is suspended; it takes no new accounts.');
  }
  const limit = owner.limits.accounts;
  if (liveAccounts(node, owner.ref).length < limit) return null;
  return refuse(
    'account-limit-reached',
    `The package holds ${limit} accounts at most; delete one or raise the limit.`,
  );
}

/** Names are unique among all live accounts and packages of the node. */
export function checkNames(node: NodeContext, names: AccountNames): Refusal | null {
  if (isReservedUsername(names.username)) {
    return refuse('username-reserved', 'This name is kept for the server; choose another.');
  }
  const live = [
    ...[...node.store.accounts.values()].filter((account) => account.deletedAt === null),
    ...[...node.store.packages.values()].filter((record) => record.terminatedAt === null),
  ];
  if (live.some((other) => other.username === names.username)) {
    return refuse('username-taken', 'This name is taken on the server; choose another.');
  }
  if (live.some((other) => bare(other.domain) === bare(names.domain))) {
    return refuse('domain-taken', 'This domain is already hosted on the server.');
  }
  return null;
}

/** A site answers with and without www, so the two are one name. */
function bare(domain: string): string {
  return domain.replace(/^www\./, '');
}

/** Home first, record second: until the record stands, the home is swept away at the next start. */
export async function raiseAccount(
  node: NodeContext,
  owner: PackageRecord,
  ref: string,
  names: AccountNames,
): Promise<AccountRecord> {
  const record: AccountRecord = {
    ref,
    packageRef: owner.ref,
    username: names.username,
    domain: names.domain,
    uid: node.store.nextUid(),
    suspension: null,
    createdAt: node.now(),
    deletedAt: null,
  };
  const prepared = await prepareHome(node.store.folders.incoming, record, owner.platform);
  await node.store.placeHome(ref, prepared);
  await node.store.saveAccount(record);
  return record;
}
