import type { Ctx, Outside } from '#platform/context.ts';
import { connectNode } from '../connect-node.ts';
import type { ConnectedNode } from '../connect-node.ts';
import { deliveryFacts } from '../delivery-facts.ts';
import type { PackageAccount } from '../package-account.ts';
import { packageUsername } from '../package-username.ts';
import { changePackage } from './package-step.ts';
import { notOk, notSetUp } from './server-answer.ts';
import type { Step, StepOutcome } from './step.ts';

const NAME_REFUSALS = ['username-taken', 'username-reserved'];
const NAMES_MAX = 50;

type Loaded =
  | { kind: 'stop'; outcome: StepOutcome }
  | { kind: 'go'; account: PackageAccount; node: ConnectedNode; plan: string };

/**
 * Makes the package on its server. A name that is taken there is replaced by the next one, and
 * written down before it is asked for; everything else that the server refuses is for staff.
 */
export const createPackageStep: Step = {
  outside: async (outside, { subscriptionId }) => {
    const loaded = await outside.transact((ctx) => load(ctx, subscriptionId));
    if (loaded.kind === 'stop') return loaded.outcome;
    return create(outside, loaded);
  },
};

async function load(ctx: Ctx, subscriptionId: string): Promise<Loaded> {
  const { subscription, account, plan } = await deliveryFacts(ctx, subscriptionId);
  if (!account) throw new Error(`${subscriptionId} has no package yet`);
  if (subscription.state === 'deleted') return { kind: 'stop', outcome: { kind: 'unwanted' } };
  const node = await connectNode(ctx, account.nodeId);
  if (node.kind !== 'connected') return { kind: 'stop', outcome: notSetUp(node.message) };
  return { kind: 'go', account, node, plan: plan.id };
}

async function create(
  outside: Outside,
  { account, node, plan }: Extract<Loaded, { kind: 'go' }>,
): Promise<StepOutcome> {
  let { username } = account;
  for (let tries = 0; tries < NAMES_MAX; tries++) {
    const answer = await node.server.createPackage({
      packageRef: account.id,
      username,
      domain: account.domainName,
      platform: account.platform,
      limits: account.limits,
      plan,
    });
    if (answer.kind === 'ok') {
      const { standIn, url } = answer.value;
      return {
        kind: 'done',
        message: username,
        save: async (ctx) => {
          await changePackage(ctx, account.id, (before) => ({ ...before, standIn, url }));
        },
      };
    }
    const isNameTaken = answer.kind === 'refused' && NAME_REFUSALS.includes(answer.code);
    if (!isNameTaken) return notOk(answer);
    const next = nextUsername(account.domainName, username);
    await outside.transact((ctx) =>
      changePackage(ctx, account.id, (before) => ({ ...before, username: next })),
    );
    username = next;
  }
  const message = `${NAMES_MAX} names were taken, ${username} the last of them`;
  return { kind: 'refused', code: 'username-taken', message };
}

function nextUsername(domainName: string, current: string): string {
  let attempt = 0;
  while (attempt < NAMES_MAX * 2 && packageUsername(domainName, attempt) !== current) attempt++;
  return packageUsername(domainName, attempt + 1);
}
