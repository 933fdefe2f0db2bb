import type { Ctx } from '#platform/context.ts';
import { connectNode } from '../connect-node.ts';
import type { ConnectedNode } from '../connect-node.ts';
import { deliveryFacts } from '../delivery-facts.ts';
import type { DeliveryFacts } from '../delivery-facts.ts';
import type { Delivery } from '../delivery.ts';
import { isThere } from '../package-account.ts';
import type { PackageAccount } from '../package-account.ts';
import { lockPackage, updatePackage } from '../package-store.ts';
import { notSetUp } from './server-answer.ts';
import type { Step, StepOutcome } from './step.ts';

export type PackageFacts = Omit<DeliveryFacts, 'account'> & { account: PackageAccount };

type Loaded =
  | { kind: 'stop'; outcome: StepOutcome }
  | { kind: 'go'; facts: PackageFacts; node: ConnectedNode };

/** A step that changes a package on its server; it stops early when there is none to change. */
export function packageStep(
  run: (facts: PackageFacts, node: ConnectedNode) => Promise<StepOutcome>,
): Step {
  return {
    outside: async (outside, delivery) => {
      const loaded = await outside.transact((ctx) => load(ctx, delivery));
      return loaded.kind === 'stop' ? loaded.outcome : run(loaded.facts, loaded.node);
    },
  };
}

async function load(ctx: Ctx, { subscriptionId }: Delivery): Promise<Loaded> {
  const { account, ...facts } = await deliveryFacts(ctx, subscriptionId);
  if (account?.state === 'terminated' || facts.subscription.state === 'deleted') {
    return { kind: 'stop', outcome: { kind: 'unwanted' } };
  }
  if (!isThere(account)) {
    return { kind: 'stop', outcome: { kind: 'wait', waitsFor: 'package' } };
  }
  const node = await connectNode(ctx, account.nodeId);
  if (node.kind !== 'connected') return { kind: 'stop', outcome: notSetUp(node.message) };
  return { kind: 'go', facts: { ...facts, account }, node };
}

/** Changes the package as it stands when its row is held. */
export async function changePackage(
  ctx: Ctx,
  id: string,
  change: (account: PackageAccount) => PackageAccount,
): Promise<PackageAccount> {
  const account = await lockPackage(ctx, id);
  if (!account) throw new Error(`package ${id} is gone`);
  const changed = change(account);
  await updatePackage(ctx, changed);
  return changed;
}
