import { hash } from 'node:crypto';
import { lookUpInode, makeInodeCache, rememberInode, type InodeCache } from './inode-cache.ts';
import { fileKind } from '../formats/file-kind.ts';
import { judgeContent } from './judge-content.ts';
import { isCleared, type Judge } from './judge-php.ts';
import { readContent, type Content } from './read-content.ts';
import { CLEAN, limited, type Verdict } from './verdict.ts';
import { walkFolder, type Found } from './walk-folder.ts';

export interface Finding {
  /** Bytes of the path. */
  path: Buffer;
  sha256: string;
  size: number;
  verdict: Verdict;
  /** The content is of a known release: nothing may be done to it, and the rule is at fault. */
  knownGood: boolean;
}

export interface ScanSummary {
  files: number;
  bytes: number;
  /** Files that the inode cache answered for. */
  unchanged: number;
  /** Contents that were judged before, of those that the cheapest pass did not clear. */
  repeated: number;
  skipped: { path: Buffer; reason: string }[];
  findings: Finding[];
}

/** What a scanner keeps from scan to scan; made anew when rules or model change. */
export interface Scanner {
  judge: Judge;
  /** SHA-256 as 64 hex digits. */
  knownGood: ReadonlySet<string>;
  knownBad: ReadonlySet<string>;
  inodes: InodeCache;
  /** Number of the verdict by content and kind of name. */
  byHash: Map<string, number>;
  verdicts: { verdict: Verdict; sha256: string }[];
  /** This worker's share of the inodes. */
  share: { index: number; of: number };
}

const MOST_VERDICTS = 250_000;
const ALL_CLEAN = 0;
const NOTHING = Buffer.alloc(0);

export function makeScanner(judge: Judge, options: Partial<Scanner> = {}): Scanner {
  return {
    judge,
    knownGood: new Set(),
    knownBad: new Set(),
    inodes: makeInodeCache(),
    byHash: new Map(),
    verdicts: [{ verdict: CLEAN, sha256: '' }],
    share: { index: 0, of: 1 },
    ...options,
  };
}

/** Scans files and folders: inode, then content hash, then the analysis. */
export async function scanPaths(scanner: Scanner, paths: readonly Buffer[]): Promise<ScanSummary> {
  const skipped: ScanSummary['skipped'] = [];
  const summary = { files: 0, bytes: 0, unchanged: 0, repeated: 0, skipped, findings: [] };
  const pending: Promise<void>[] = [];
  for (const path of paths) {
    walkFolder(path, {
      file: (found) => scanFile(scanner, found, summary, pending),
      skipped: (at, reason) => skipped.push({ path: at, reason }),
    });
  }
  await Promise.all(pending);
  return summary;
}

function scanFile(
  scanner: Scanner,
  found: Found,
  summary: ScanSummary,
  pending: Promise<void>[],
): void {
  const { share } = scanner;
  if (share.of > 1 && Number(found.stats.ino % BigInt(share.of)) !== share.index) return;
  summary.files++;
  const known = lookUpInode(scanner.inodes, found.stats);
  if (known >= 0) {
    summary.unchanged++;
    return reportVerdict(scanner, found.path, Number(found.stats.size), known, summary);
  }
  let content: Content | null;
  try {
    content = readContent(found.entry, found.stats);
  } catch (error) {
    const reason = (error as NodeJS.ErrnoException).code ?? 'unknown';
    summary.skipped.push({ path: found.path(), reason });
    return;
  }
  if (!content) return;
  summary.bytes += content.length;
  const number = judgeOnce(scanner, found, content, summary);
  const keep = (verdict: number) => {
    if (content.partial !== 'changed') rememberInode(scanner.inodes, content.stats, verdict);
    reportVerdict(scanner, found.path, Number(content.stats.size), verdict, summary);
  };
  if (typeof number === 'number') keep(number);
  else pending.push(number.then(keep));
}

/** The number of a content's verdict: known hashes first, then what was judged before. */
function judgeOnce(
  scanner: Scanner,
  found: Found,
  content: Content,
  summary: ScanSummary,
): number | Promise<number> {
  const name = found.name.toString('latin1');
  const { bytes, length, partial } = content;
  // What may neither be known bad nor found needs no name for its content.
  const skims = !partial && scanner.knownBad.size === 0 && fileKind(name, bytes, length) === 'php';
  if (skims && isCleared(scanner.judge, bytes, length)) return ALL_CLEAN;
  const sha256 = hash('sha256', bytes.subarray(0, length), 'hex');
  const key = keyOf(sha256, name);
  const before = scanner.byHash.get(key);
  if (before !== undefined && !partial) {
    summary.repeated++;
    return before;
  }
  if (scanner.knownBad.has(sha256)) {
    const verdict: Verdict = {
      ...CLEAN,
      class: 'malicious',
      family: 'known-bad',
      confidence: 100,
      actionable: true,
    };
    return keepVerdict(scanner, key, sha256, verdict);
  }
  const judged = judgeContent(scanner.judge, name, bytes, length, 0, skims);
  const finish = (verdict: Verdict) => {
    const whole = partial && verdict.class === 'clean' ? limited(partial) : verdict;
    return keepVerdict(scanner, partial ? null : key, sha256, whole);
  };
  return judged instanceof Promise ? judged.then(finish) : finish(judged);
}

/**
 * Contents are judged by what the name makes of them; 128 bits tell contents apart. An archive's
 * member may be named by the archive.
 */
function keyOf(sha256: string, name: string): string {
  const kind = fileKind(name, NOTHING, 0);
  const own = /\.gz$/i.test(name) ? name.slice(-12) : '';
  return sha256.slice(0, 32) + kind.slice(0, 2) + own;
}

function keepVerdict(
  scanner: Scanner,
  key: string | null,
  sha256: string,
  verdict: Verdict,
): number {
  let number = ALL_CLEAN;
  if (verdict.class !== 'clean') {
    number = scanner.verdicts.length;
    scanner.verdicts.push({ verdict, sha256 });
  }
  if (key !== null) {
    if (scanner.byHash.size >= MOST_VERDICTS) scanner.byHash.clear();
    scanner.byHash.set(key, number);
  }
  return number;
}

function reportVerdict(
  scanner: Scanner,
  path: () => Buffer,
  size: number,
  number: number,
  summary: ScanSummary,
): void {
  if (number === ALL_CLEAN) return;
  const { verdict, sha256 } = scanner.verdicts[number] as (typeof scanner.verdicts)[number];
  const knownGood = scanner.knownGood.has(sha256);
  const shown = knownGood ? { ...verdict, actionable: false } : verdict;
  summary.findings.push({ path: path(), sha256, size, verdict: shown, knownGood });
}
