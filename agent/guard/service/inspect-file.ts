import { closeSync, lstatSync } from 'node:fs';
import { asAccount } from '../mend/as-account.ts';
import type { LeftAlone } from '../mend/left-alone.ts';
import type { Owner } from '../mend/mend-file.ts';
import { openHome, withEntry } from '../mend/open-entry.ts';
import { readOpen, type FileRead } from '../mend/read-entry.ts';
import { lookUpInode, rememberInode } from '../scan/inode-cache.ts';
import { limited } from '../scan/verdict.ts';
import { OUTSIDE_RULE } from '../outside/outside-source.ts';
import { inTurn } from './file-turns.ts';
import type { FindingRecord } from './finding-store.ts';
import { refreshRules, type GuardState } from './guard-state.ts';
import type { Judgement } from './judge-messages.ts';
import { mendFinding } from './mend-finding.ts';
import { modeOf } from './mode-of.ts';
import { recordFinding } from './record-finding.ts';
import type { FindingOrigin, FindingView } from './wire.ts';

export interface Target {
  owner: Owner;
  /** Bytes, below the home. */
  path: Buffer;
  foundBy: FindingView['foundBy'];
  origin: FindingOrigin | null;
}

/** clean also stands for: nothing there, nothing to look at, left alone by the owner's word. */
export type Inspection = { kind: 'clean' } | { kind: 'found'; finding: FindingRecord };

const CLEAN: Inspection = { kind: 'clean' };
const MOST_JUDGEMENTS = 50_000;
const MOST_TRIES = 3;
/** How soon a content is judged again on which the worker failed. */
const AGAIN_MS = 30_000;

/** Judges one file as it is now, tells what is found, and mends it where the policy says so. */
export function inspectFile(state: GuardState, target: Target): Promise<Inspection> {
  return inTurn(state, target, () => inspectInTurn(state, target));
}

async function inspectInTurn(state: GuardState, target: Target): Promise<Inspection> {
  for (let attempt = 1; ; attempt += 1) {
    const { accountRef } = target.owner;
    const mode = modeOf(state.policy, accountRef, target.path.toString('latin1'));
    if (mode === 'off') return CLEAN;
    refreshRules(state);
    const { clean } = state;
    const read = readUnlessKnown(state, target);
    if (read === 'known') return CLEAN;
    const left = read.kind === 'left';
    if (!left || read.reason === 'gone') closeOthers(state, target, left ? null : read.sha256);
    if (left) return CLEAN;
    const judgement = await judgeOnce(state, target, read);
    if (judgement.verdict.class === 'clean') {
      // Into the memory of the rules that judged it.
      if (!read.partial) rememberInode(clean, read.stats, 0);
      closeOthers(state, target, read.sha256, true);
      state.outside?.ask(target);
      return CLEAN;
    }
    const finding = recordFinding(state, target, read, judgement.verdict);
    if (!finding) return CLEAN;
    const acts = finding.certain && mode === 'protect' && finding.state === 'open';
    if (!acts) return { kind: 'found', finding };
    const outcome = await mendFinding(state, target.owner, finding, read, judgement);
    if (outcome !== 'changed') return { kind: 'found', finding: outcome };
    if (attempt >= MOST_TRIES) return { kind: 'found', finding };
  }
}

/**
 * What was found here and stands here no longer needs nobody's care. `isClean`: our engine says so
 * of what stands here now, which is no word about what others found in it.
 */
function closeOthers(
  state: GuardState,
  { owner, path }: Target,
  sha256: string | null,
  isClean = false,
): void {
  for (const finding of state.findings.openAt(owner.accountRef, path.toString('hex'))) {
    const isOutside = finding.rules.some((rule) => OUTSIDE_RULE.test(rule));
    if (finding.sha256 === sha256 && (!isClean || isOutside)) continue;
    state.findings.save({ ...finding, state: 'gone' });
  }
}

function readUnlessKnown(
  state: GuardState,
  { owner, path }: Target,
): FileRead | LeftAlone | 'known' {
  let home: number;
  try {
    home = openHome(owner.home);
  } catch {
    // The account was deleted meanwhile.
    return { kind: 'left', reason: 'gone' };
  }
  try {
    return withEntry<FileRead | 'known'>(home, owner.uid, path, (entry) => {
      const stats = asAccount(owner.uid, () => lstatSync(entry.at, { bigint: true }));
      if (lookUpInode(state.clean, stats) >= 0) return 'known';
      return readOpen(entry, owner.uid);
    });
  } finally {
    closeSync(home);
  }
}

async function judgeOnce(state: GuardState, target: Target, read: FileRead): Promise<Judgement> {
  const name = target.path.toString('latin1').split('/').at(-1) ?? '';
  const key = `${read.sha256}${name.slice(-12)}`;
  const { judged } = state;
  const before = judged.get(key);
  const nowMs = Date.parse(state.now());
  if (before && before.untilMs > nowMs && !read.partial) return before.judgement;
  const content = read.bytes.subarray(0, read.length);
  const judgement = await state.judge.judge(name, content, target.foundBy === 'request');
  if (read.partial) {
    const found = judgement.verdict.class !== 'clean';
    return found ? judgement : { verdict: limited(read.partial), cuts: [] };
  }
  if (judged.size >= MOST_JUDGEMENTS) judged.clear();
  // What ended or outlasted the worker may have been the machine's fault, not the content's.
  const again = ['crash', 'time', 'start', 'stopped'].includes(judgement.verdict.limit ?? '');
  judged.set(key, { judgement, untilMs: again ? nowMs + AGAIN_MS : Infinity });
  return judgement;
}
