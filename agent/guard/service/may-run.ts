import type { FindingRecord } from './finding-store.ts';
import { ownerOf, type GuardState } from './guard-state.ts';
import { inspectFile } from './inspect-file.ts';
import { accountMode, inUploadFolder, mayProtect, modeOf } from './mode-of.ts';
import type { Watch } from './watch.ts';
import type { WrittenFiles } from './written-files.ts';

export type RunAnswer =
  | { run: true; watch: Watch | null }
  | { run: false; reason: 'malicious' | 'unseen' | 'upload-folder' };

/** How long a request waits for files that were written before it. */
const SEEN_WITHIN_MS = 1500;
/** File systems keep times a little behind the clock; one tick more costs nothing. */
const SLACK_MS = 2000;

/**
 * Asked before PHP runs a script: nothing that is certainly malicious runs where the mode is
 * protect. Contents that came while nobody could look yet are looked at first; what is still unseen
 * then is watched by the account's own process.
 */
export async function mayRun(
  state: GuardState,
  written: WrittenFiles,
  accountRef: string,
  path: Buffer,
): Promise<RunAnswer> {
  const { policy } = state;
  const name = path.toString('latin1');
  if (!mayProtect(policy, accountRef)) return { run: true, watch: null };
  await written.seen(accountRef, SEEN_WITHIN_MS);
  const owner = ownerOf(state.options, accountRef);
  if (!owner) return { run: true, watch: null };
  const protects = modeOf(policy, accountRef, name) === 'protect';
  const inspection = await inspectFile(state, { owner, path, foundBy: 'request', origin: null });
  if (protects && inUploadFolder(policy, name)) return { run: false, reason: 'upload-folder' };
  const reason = protects && inspection.kind === 'found' ? stopReason(inspection.finding) : null;
  if (reason) return { run: false, reason };
  return { run: true, watch: watchOf(state, written, accountRef) };
}

/** What came too late to be looked at is looked at by the account's own process. */
function watchOf(state: GuardState, written: WrittenFiles, accountRef: string): Watch {
  const { policy } = state;
  const unseenSince = written.unseenSince(accountRef) ?? Infinity;
  const paths = policy.paths.filter((entry) => entry.accountRef === accountRef);
  return {
    sinceMs: Math.min(unseenSince, Date.parse(state.now())) - SLACK_MS,
    mode: accountMode(policy, accountRef),
    paths: paths.map(({ prefix, mode }) => ({ prefix, mode })),
    allowed: allowedOf(state, accountRef),
  };
}

/** Limits of a worker or of reading: the content could not be looked at, at all. */
const BLIND = new Set(['bytes', 'changed', 'crash', 'time', 'start', 'stopped']);

/** Mended in this instant; kept from running because it cannot be mended; or never seen whole. */
function stopReason(finding: FindingRecord): 'malicious' | 'unseen' | null {
  const { certain, state, mend, limit } = finding;
  if (state === 'mended' || mend?.act === 'blocked') return certain ? 'malicious' : null;
  return state === 'open' && limit !== null && BLIND.has(limit) ? 'unseen' : null;
}

function allowedOf(state: GuardState, accountRef: string): string[] {
  return state.findings
    .ofAccount(accountRef)
    .filter(({ state: now }) => now === 'ignored' || now === 'restored')
    .map(({ sha256, pathHex }) => `${sha256} ${Buffer.from(pathHex, 'hex').toString('latin1')}`);
}
