import { Worker } from 'node:worker_threads';
import { readModel } from '../model/model.ts';
import { compileRules } from '../rules/compile-rules.ts';
import { STANDARD_RULES, STANDARD_VERSION } from '../rules/standard-rules.ts';
import { showBytes } from '../show-bytes.ts';
import { makeJudge } from './judge-php.ts';
import { loadRules, type RuleFolder } from './rule-folder.ts';
import { makeScanner, scanPaths, type ScanSummary } from './scan-paths.ts';
import type { Verdict } from './verdict.ts';

/** A finding as it leaves the scanner: the path as bytes in hex, and inert text to show. */
export interface ShownFinding {
  path: string;
  pathHex: string;
  sha256: string;
  size: number;
  knownGood: boolean;
  verdict: Verdict;
}

export interface ScanReport {
  files: number;
  bytes: number;
  unchanged: number;
  repeated: number;
  skipped: { path: string; reason: string }[];
  findings: ShownFinding[];
}

export interface ScanOrder {
  pathsHex: readonly string[];
  knownGood: readonly string[];
  share: { index: number; of: number };
  /** Null for the rules that come with the program. */
  rules: RuleFolder | null;
}

/** One share of a scan, in this thread. */
export async function scanShare(order: ScanOrder): Promise<ScanReport> {
  const rules = order.rules
    ? loadRules(order.rules)
    : compileRules(STANDARD_VERSION, STANDARD_RULES);
  const judge = makeJudge(rules, readModel());
  const scanner = makeScanner(judge, {
    knownGood: new Set(order.knownGood),
    share: order.share,
  });
  const paths = order.pathsHex.map((hex) => Buffer.from(hex, 'hex'));
  return toReport(await scanPaths(scanner, paths));
}

function toReport(summary: ScanSummary): ScanReport {
  const { files, bytes, unchanged, repeated } = summary;
  return {
    files,
    bytes,
    unchanged,
    repeated,
    skipped: summary.skipped.map(({ path, reason }) => ({ path: showBytes(path), reason })),
    findings: summary.findings.map(({ path, ...finding }) => ({
      path: showBytes(path),
      pathHex: path.toString('hex'),
      ...finding,
    })),
  };
}

/** Scans with several threads, each taking its share of the files by inode. */
export async function scanWithJobs(
  paths: readonly Buffer[],
  jobs: number,
  knownGood: readonly string[],
  rules: RuleFolder | null = null,
): Promise<ScanReport> {
  const pathsHex = paths.map((path) => path.toString('hex'));
  const orders = Array.from({ length: jobs }, (_, index): ScanOrder => {
    return { pathsHex, knownGood, share: { index, of: jobs }, rules };
  });
  if (jobs === 1) return scanShare(orders[0] as ScanOrder);
  const reports = await Promise.all(orders.map(runWorker));
  return reports.reduce((all, one) => ({
    files: all.files + one.files,
    bytes: all.bytes + one.bytes,
    unchanged: all.unchanged + one.unchanged,
    repeated: all.repeated + one.repeated,
    skipped: all === one ? all.skipped : [...all.skipped, ...one.skipped],
    findings: [...all.findings, ...one.findings],
  }));
}

function runWorker(order: ScanOrder): Promise<ScanReport> {
  const { promise, resolve, reject } = Promise.withResolvers<ScanReport>();
  const worker = new Worker(new URL('./scan-worker-main.ts', import.meta.url), {
    workerData: order,
    env: {},
  });
  worker.once('message', resolve);
  worker.once('error', reject);
  worker.once('exit', () => reject(new Error('A scan worker ended without an answer.')));
  return promise;
}
