import { closeSync } from 'node:fs';
import { openHome } from '../mend/open-entry.ts';
import { readEntry, type FileRead } from '../mend/read-entry.ts';
import { clamdSource } from '../outside/ask-clamd.ts';
import { yaraSource } from '../outside/ask-yara.ts';
import { outsideQueue, type OutsideState } from '../outside/outside-queue.ts';
import type { OutsideSource } from '../outside/outside-source.ts';
import type { Verdict } from '../scan/verdict.ts';
import { inTurn } from './file-turns.ts';
import type { GuardState } from './guard-state.ts';
import type { Target } from './inspect-file.ts';
import { mendFinding } from './mend-finding.ts';
import { modeOf } from './mode-of.ts';
import { recordFinding } from './record-finding.ts';

/** Where other scanners are; null: there is none. */
export interface OutsideOptions {
  /** A folder of YARA rules. */
  yaraRules: string | null;
  /** clamd's socket, or host:port. */
  clamd: string | null;
}

export interface OutsideOpinions {
  /** Asks about a file that our engine finds clean; returns at once. */
  ask: (target: Target) => void;
  states: () => OutsideState[];
  stop: () => void;
}

type About = { target: Target; read: FileRead };

/** What a hit is worth: others' names are no proof of ours. */
const CONFIDENCE = 50;

export function outsideOpinions(
  state: GuardState,
  { yaraRules, clamd }: OutsideOptions,
  failed: (error: unknown) => void,
): OutsideOpinions {
  const sources: OutsideSource[] = [
    ...(yaraRules === null ? [] : [yaraSource(yaraRules)]),
    ...(clamd === null ? [] : [clamdSource(clamd)]),
  ];
  const hit = (about: About, rules: string[]) => {
    takeHit(state, about, rules).catch(failed);
  };
  const queues = sources.map((source) => outsideQueue<About>(source, hit, failed));
  return {
    ask(target) {
      const key = `${target.owner.accountRef}/${target.path.toString('hex')}`;
      for (const queue of queues) queue.add({ key, read: () => readNow(target) });
    },
    states: () => queues.map((queue) => queue.state()),
    stop: () => {
      for (const queue of queues) queue.stop();
    },
  };
}

function readNow(target: Target): { content: Uint8Array; about: About } | null {
  const { owner, path } = target;
  let home: number;
  try {
    home = openHome(owner.home);
  } catch {
    return null; // the account was deleted meanwhile
  }
  try {
    const read = readEntry(home, owner.uid, path);
    if (read.kind === 'left' || read.length === 0) return null;
    return { content: read.bytes.subarray(0, read.length), about: { target, read } };
  } finally {
    closeSync(home);
  }
}

/** Suspicious, for a person to decide; certain only where the policy says that it is. */
async function takeHit(
  state: GuardState,
  { target, read }: About,
  rules: readonly string[],
): Promise<void> {
  const acts = state.policy.outsideActs;
  const verdict: Verdict = {
    class: acts ? 'malicious' : 'suspicious',
    confidence: CONFIDENCE,
    actionable: acts,
    family: 'outside source',
    evidence: rules.map((rule) => ({ rule, family: 'outside source', at: 0 })),
    limit: null,
    score: null,
  };
  await inTurn(state, target, async () => {
    const finding = recordFinding(state, target, read, verdict);
    const { accountRef } = target.owner;
    const mode = modeOf(state.policy, accountRef, target.path.toString('latin1'));
    if (!finding?.certain || finding.state !== 'open' || mode !== 'protect') return;
    // A file that changed meanwhile is looked at again by itself.
    await mendFinding(state, target.owner, finding, read, { verdict, cuts: [] });
  });
}
