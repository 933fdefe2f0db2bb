import { existsSync, lstatSync, readdirSync, statSync } from 'node:fs';
import { readKnownGoodFile } from '../known-good/known-good-file.ts';
import { join } from 'node:path';
import { externalRef } from '../../records/names.ts';
import type { Owner } from '../mend/mend-file.ts';
import { openQuarantine, type Quarantine } from '../mend/quarantine.ts';
import { compileRules, type CompiledRules } from '../rules/compile-rules.ts';
import { makeInodeCache, type InodeCache } from '../scan/inode-cache.ts';
import { openRuleFeed, type RuleFeed, type RuleFolder } from '../scan/rule-folder.ts';
import { ruleSetOf, STANDARD_SET } from '../scan/rule-set.ts';
import {
  DEFAULT_BREAKER,
  makeBreaker,
  type Breaker,
  type BreakerLimits,
} from './circuit-breaker.ts';
import { openSpool, type EventSpool } from './event-spool.ts';
import { openFindings, type FindingStore } from './finding-store.ts';
import type { Judgement } from './judge-messages.ts';
import { openJudge, type OpenJudge } from './open-judge.ts';
import type { OutsideOpinions, OutsideOptions } from './outside-opinions.ts';
import type { GuardPolicy } from './wire.ts';

/** How a guard is set up. Folders are absolute; times in ms, sizes in bytes. */
export interface GuardOptions {
  /** Ours: findings, events, originals. */
  folder: string;
  /** Holds a folder for each account, named after its reference. */
  homes: string;
  /** Homes are whoever's: a folder of root's, or with a name that is no reference, is no account. */
  owned?: boolean;
  policy: GuardPolicy;
  quarantineBytes: number;
  keepDays: number;
  judgeTimeoutMs: number;
  /** Between two scans of an account; 0: only on demand. */
  scanEveryMs: number;
  mostEvents: number;
  mostFindings: number;
  breaker?: BreakerLimits;
  /** Other scanners that are asked in the background. */
  outside: OutsideOptions;
  /** Unix user who judges, where we are root; nobody unless there is one for it. */
  judgeUid?: number;
  /** Signed packs from outside; null: the rules that come with the program. */
  rules: RuleFolder | null;
}

/** What every part of the guard works with. */
export interface GuardState {
  options: GuardOptions;
  policy: GuardPolicy;
  quarantine: Quarantine;
  findings: FindingStore;
  spool: EventSpool;
  judge: OpenJudge;
  /** In use now; `refreshRules` looks whether there are others. */
  rules: CompiledRules;
  ruleFeed: RuleFeed | null;
  /** Null until the guard is open. */
  outside: OutsideOpinions | null;
  breaker: Breaker;
  breakerLimits: BreakerLimits;
  /** Files that were judged clean, as long as they are what they were. */
  clean: InodeCache;
  /** Judgements by content and kind of name. */
  judged: Map<string, { judgement: Judgement; untilMs: number }>;
  knownGood: ReadonlySet<string>;
  /** When its file was written, ms since 1970; 0 without one. */
  knownGoodMs: number;
  /** Alarms that were raised, so that each is raised once. */
  raised: Set<string>;
  /** Work on one file happens in turn. */
  turns: Map<string, Promise<unknown>>;
  now: () => string;
}

export function openState(options: GuardOptions, now: () => string): GuardState {
  const { folder, quarantineBytes, keepDays } = options;
  const quarantine = openQuarantine(folder, { maxBytes: quarantineBytes, keepDays });
  const ruleFeed = options.rules && openRuleFeed(options.rules);
  const rules = ruleFeed?.current() ?? compileRules(STANDARD_SET.version, STANDARD_SET.rules);
  return {
    options,
    policy: options.policy,
    quarantine,
    findings: openFindings(join(folder, 'findings'), options.mostFindings),
    spool: openSpool(folder, options.mostEvents, now),
    judge: openJudge(options.judgeTimeoutMs, ruleSetOf(rules), options.judgeUid),
    rules,
    ruleFeed,
    outside: null,
    breaker: makeBreaker(),
    breakerLimits: options.breaker ?? DEFAULT_BREAKER,
    clean: makeInodeCache(),
    judged: new Map(),
    knownGood: new Set(),
    knownGoodMs: 0,
    raised: new Set(),
    turns: new Map(),
    now,
  };
}

type Homes = Pick<GuardOptions, 'homes' | 'owned'>;

/**
 * The home of an account and who owns it; null when there is none. The folder of homes is ours or
 * root's, so the owner of a home is who it was made for.
 */
export function ownerOf({ homes, owned = false }: Homes, accountRef: string): Owner | null {
  if (owned && !externalRef.safeParse(accountRef).success) return null;
  const home = join(homes, accountRef);
  const stats = lstatSync(home, { throwIfNoEntry: false });
  if (!stats?.isDirectory() || (owned && stats.uid === 0)) return null;
  const other = process.getuid?.() === 0 && stats.uid !== 0;
  return { accountRef, home, uid: other ? stats.uid : null };
}

/** Every account that has a home. */
export function accountsIn(homes: Homes): string[] {
  if (!existsSync(homes.homes)) return [];
  return readdirSync(homes.homes).filter((name) => !homes.owned || ownerOf(homes, name) !== null);
}

/**
 * Takes other rules into use when a pack was installed or rolled back: what is in hand ends with the
 * rules it began with, and nothing counts as clean any more.
 */
export function refreshRules(state: GuardState): void {
  const now = state.ruleFeed?.current() ?? state.rules;
  if (now === state.rules) return;
  state.rules = now;
  state.judge.useRules(ruleSetOf(now));
  state.clean = makeInodeCache();
  state.judged = new Map();
}

/** Takes up what `stoika-guard known-good` wrote into our folder, when it is another than before. */
export function refreshKnownGood(state: GuardState): void {
  const path = join(state.options.folder, 'known-good');
  const changedMs = statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? 0;
  if (changedMs === state.knownGoodMs) return;
  state.knownGood = changedMs > 0 ? readKnownGoodFile(path) : new Set();
  state.knownGoodMs = changedMs;
}
