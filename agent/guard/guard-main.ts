import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { evaluate, train } from './evaluate/train-model.ts';
import { readModel } from './model/model.ts';
import { checkRules } from './rules/check-rules.ts';
import { STANDARD_RULES, STANDARD_VERSION } from './rules/standard-rules.ts';
import { scanWithJobs, type ScanReport } from './scan/scan-jobs.ts';

const USAGE = `stoika-guard scan PATH… [--json] [--jobs N] [--known-good FILE]
stoika-guard rules check
stoika-guard evaluate --clean FOLDER… --malicious FOLDER…
stoika-guard train --clean FOLDER… --malicious FOLDER… [--out FILE]`;

const print = (line: string) => process.stdout.write(`${line}\n`);

/** Exit codes: 0 nothing found, 1 something found or a rule at fault, 2 called wrongly. */
async function main(args: readonly string[]): Promise<number> {
  const [command, ...rest] = args;
  const { values, positionals } = parseArgs({
    args: [...rest],
    allowPositionals: true,
    options: {
      json: { type: 'boolean' },
      jobs: { type: 'string', default: '1' },
      'known-good': { type: 'string' },
      clean: { type: 'string', multiple: true },
      malicious: { type: 'string', multiple: true },
      out: { type: 'string', default: join(import.meta.dirname, 'model', 'weights.json') },
    },
  });
  if (command === 'scan' && positionals.length > 0) {
    const jobs = Math.max(1, Math.min(64, Number.parseInt(values.jobs, 10) || 1));
    const knownGood = readHashes(values['known-good']);
    const paths = positionals.map((path) => Buffer.from(path));
    const report = await scanWithJobs(paths, jobs, knownGood);
    print(values.json ? JSON.stringify(report) : describe(report));
    return report.findings.length > 0 ? 1 : 0;
  }
  if (command === 'rules' && positionals[0] === 'check') {
    const faults = checkRules(STANDARD_RULES, readModel());
    for (const { rule, fault, text } of faults) print(`${rule}: ${fault} fails on ${text}`);
    print(`${STANDARD_RULES.length} rules of ${STANDARD_VERSION}, ${faults.length} at fault`);
    return faults.length > 0 ? 1 : 0;
  }
  const corpora = { clean: values.clean ?? [], malicious: values.malicious ?? [] };
  const given = corpora.clean.length > 0 && corpora.malicious.length > 0;
  if (command === 'evaluate' && given) {
    evaluate(corpora, print);
    return 0;
  }
  if (command === 'train' && given) {
    train(corpora, values.out, print);
    return 0;
  }
  process.stderr.write(`${USAGE}\n`);
  return 2;
}

/** Lines that begin with a SHA-256, as sha256sum writes them. */
function readHashes(path: string | undefined): string[] {
  if (path === undefined) return [];
  const lines = readFileSync(path, 'utf8').split('\n');
  return lines.map((line) => line.slice(0, 64)).filter((hash) => /^[0-9a-f]{64}$/.test(hash));
}

function describe(report: ScanReport): string {
  const lines = report.findings.map(({ path, verdict, knownGood }) => {
    const rules = verdict.evidence.map(({ rule, at }) => `${rule}@${at}`).join(' ');
    const mark = knownGood ? 'known good, rule at fault' : verdict.actionable ? 'act' : 'look';
    return `${verdict.class}\t${mark}\t${verdict.limit ?? verdict.family ?? ''}\t${path}\t${rules}`;
  });
  for (const { path, reason } of report.skipped) lines.push(`skipped\t${reason}\t\t${path}`);
  lines.push(`${report.files} files, ${report.bytes} bytes, ${report.findings.length} findings`);
  return lines.join('\n');
}

process.exitCode = await main(process.argv.slice(2));
