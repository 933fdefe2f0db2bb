import type { Component, PlanLimits } from '#domains/catalog/index.ts';
import type { PackageLimits } from './server-module.ts';

const MB_PER_GB = 1024;

/** What the server is to keep to: the plan's limits and what the held components add to them. */
export function packageLimits(
  plan: PlanLimits,
  held: readonly { component: Pick<Component, 'provides'>; quantity: number }[],
): PackageLimits {
  const total = (name: keyof PlanLimits): number =>
    held.reduce((sum, one) => sum + (one.component.provides[name] ?? 0) * one.quantity, plan[name]);
  return {
    accounts: total('accounts'),
    diskMb: total('diskMb'),
    trafficMb: total('trafficGb') * MB_PER_GB,
  };
}
