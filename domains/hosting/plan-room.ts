import { refuse } from '#kit/refusal.ts';
import type { Catalogue, PlanLimits } from '#domains/catalog/index.ts';
import { findComponent, findPlan } from '#domains/catalog/index.ts';
import type { PlanChangeOffer } from '#domains/orders/index.ts';
import { packageLimits } from './package-limits.ts';
import type { PackageLimits, PackageUsage } from './server-module.ts';

const BYTES_PER_MB = 1024 * 1024;
const NO_LIMITS: PlanLimits = {
  accounts: 0,
  diskMb: 0,
  trafficGb: 0,
  databases: 0,
  mailboxes: 0,
  memoryMb: 0,
};

/** The limits of a package once it is on the plan: the plan's own and what its blocks add. */
export function limitsUnder({ sale, recipe, moves, added }: PlanChangeOffer): PackageLimits {
  const { catalogue } = sale.list;
  const held = [
    ...moves.filter(({ as }) => as !== 'deleted'),
    ...added.map((componentId) => ({ componentId, quantity: 1 })),
  ];
  const plan = findPlan(catalogue, recipe.planId)?.limits ?? NO_LIMITS;
  return packageLimits(
    plan,
    held.flatMap((one) => piecesOf(catalogue, one)),
  );
}

function piecesOf(catalogue: Catalogue, held: { componentId: string; quantity: number }) {
  const component = findComponent(catalogue, held.componentId);
  return component ? [{ component, quantity: held.quantity }] : [];
}

/** Whether anything that a package can be full of has less room than before. */
export function isSmaller(next: PackageLimits, before: PackageLimits): boolean {
  return (
    (next.accounts ?? Infinity) < (before.accounts ?? Infinity) ||
    (next.diskMb ?? Infinity) < (before.diskMb ?? Infinity)
  );
}

/**
 * Refuses limits below what is used, and says what to free: `plan-too-few-accounts`,
 * `plan-too-little-disk`.
 */
export function refuseTooSmall(
  limits: PackageLimits,
  use: Pick<PackageUsage, 'accounts' | 'diskBytes'>,
): void {
  const { accounts, diskMb } = limits;
  if (accounts !== null && use.accounts > accounts) {
    const over = use.accounts - accounts;
    refuse('plan-too-few-accounts', {
      field: 'planId',
      params: { used: use.accounts, limit: accounts, over },
    });
  }
  const usedMb = Math.ceil(use.diskBytes / BYTES_PER_MB);
  if (diskMb !== null && usedMb > diskMb) {
    refuse('plan-too-little-disk', {
      field: 'planId',
      params: { used: usedMb, limit: diskMb, over: usedMb - diskMb },
    });
  }
}
