import type { NodeContext } from '../node-context.ts';
import type { PackageLimits, PackageRecord } from '../records/records.ts';
import { accept, refuse, type Answer } from '../refusal.ts';
import { checkNames, raiseAccount } from './create-account.ts';
import { viewPackage, type PackageView } from './views.ts';

export type PackageRequest = {
  username: string;
  domain: string;
  platform: 'linux' | 'windows';
  limits: PackageLimits;
};

/**
 * Creates a package with its primary account, or answers with the one that already stands under
 * the reference. The package's record comes first: a crash before the account's leaves a package
 * without one, which the repeated call completes.
 */
export function createPackage(
  node: NodeContext,
  ref: string,
  request: PackageRequest,
): Promise<Answer<PackageView>> {
  return node.inTurn(async () => {
    const existing = node.store.packages.get(ref);
    if (existing && existing.terminatedAt !== null) {
      return refuse('reference-terminated', 'This package was terminated; order a new one.');
    }
    if (existing && !sameRequest(existing, request)) {
      return refuse(
        'package-reference-reused',
        'The reference belongs to a package with another name, domain or platform.',
      );
    }
    const record = existing ?? newPackage(ref, request, node.now());
    if (!existing) {
      const refusal = namesRefusal(node, ref, request);
      if (refusal) return refusal;
      await node.store.savePackage(record);
    }
    if (!node.store.accounts.has(ref)) {
      const names = { username: record.username, domain: record.domain };
      await raiseAccount(node, record, ref, names);
    }
    return accept(viewPackage(node, record));
  });
}

function namesRefusal(node: NodeContext, ref: string, request: PackageRequest) {
  if (node.store.accounts.has(ref)) {
    return refuse('package-reference-reused', 'The reference belongs to a hosting account.');
  }
  return checkNames(node, request);
}

function sameRequest(record: PackageRecord, request: PackageRequest): boolean {
  return (
    record.username === request.username &&
    record.domain === request.domain &&
    record.platform === request.platform
  );
}

function newPackage(ref: string, request: PackageRequest, now: string): PackageRecord {
  return {
    ref,
    username: request.username,
    domain: request.domain,
    platform: request.platform,
    limits: request.limits,
    addresses: [],
    suspension: null,
    createdAt: now,
    terminatedAt: null,
  };
}
