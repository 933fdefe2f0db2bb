import { createHash } from 'node:crypto';
import type { EnginePolicy } from './protection-engine.ts';
import type { FindingResponse, FindingState, Mode } from './protection-words.ts';

/** What decides the mode of one account. */
export type ModeReasons = {
  /** Staff's word for this account alone. */
  ownMode: Mode | null;
  /** Protection is held as an add-on of its package. */
  bought: boolean;
  /** The node's mode, or the seller's default where the node has none. */
  nodeMode: Mode;
};

/** Staff's word first; what was bought next; else what all of the node have. */
export function modeOf({ ownMode, bought, nodeMode }: ModeReasons): Mode {
  return ownMode ?? (bought ? 'protect' : nodeMode);
}

/**
 * Whether a finding that is new, or has come to wait for a person, is a matter for a ticket. What
 * was told of as it was found is not told again.
 */
export function opensTicket(
  response: FindingResponse,
  { state, isNew }: { state: FindingState; isNew: boolean },
): boolean {
  if (response === 'always') return isNew;
  return response === 'when-needed' && state === 'needs-decision';
}

/** The whole policy of a node; accounts that have the node's mode are not named. */
export function policyOf(
  nodeMode: Mode,
  accounts: readonly { accountRef: string; mode: Mode }[],
  paths: readonly { accountRef: string; prefix: string; mode: Mode }[],
  outsideActs: boolean,
): EnginePolicy {
  return {
    node: nodeMode,
    outsideActs,
    accounts: accounts
      .filter(({ mode }) => mode !== nodeMode)
      .map(({ accountRef, mode }) => ({ accountRef, mode }))
      .toSorted((a, b) => order(a.accountRef, b.accountRef)),
    paths: paths.toSorted((a, b) => order(a.accountRef, b.accountRef) || order(a.prefix, b.prefix)),
  };
}

/** The same policy has the same digest, whatever order its parts were read in. */
export function policyDigest(policy: EnginePolicy): string {
  return createHash('sha256').update(JSON.stringify(policy)).digest('hex');
}

function order(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
