import { createPrivateKey } from 'node:crypto';
import { createReadStream, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { createGunzip } from 'node:zlib';
import { evaluate, train } from './evaluate/train-model.ts';
import { judgeSqlDump } from './formats/judge-sql.ts';
import { installCommand, removeCommand } from './install/install-commands.ts';
import { importChecksums, type Imported } from './known-good/import-checksums.ts';
import { importDebian } from './known-good/import-debian.ts';
import { addToKnownGoodFile, readKnownGoodFile } from './known-good/known-good-file.ts';
import { parseChecksums } from './known-good/parse-checksums.ts';
import { preventCommand, siteNameOf } from './prevent/prevent-command.ts';
import { rollBackSite } from './prevent/keep-rules.ts';
import { readModel } from './model/model.ts';
import { checkRules } from './rules/check-rules.ts';
import { compileRules } from './rules/compile-rules.ts';
import { STANDARD_RULES, STANDARD_VERSION } from './rules/standard-rules.ts';
import { makeJudge } from './scan/judge-php.ts';
import { signPack } from './scan/read-rule-pack.ts';
import { installPack, loadRules, rollBackRules, type RuleFolder } from './scan/rule-folder.ts';
import { scanWithJobs, type ScanReport } from './scan/scan-jobs.ts';
import { watchCommand } from './service/watch-command.ts';
import { joinCommand, serveCommand } from './server/server-commands.ts';
import { DATA_FOLDER, SETTINGS_PATH } from './server/server-settings.ts';
import { defaultDataFolder } from './service/watch-folder.ts';
import { showBytes } from './show-bytes.ts';

const USAGE = `stoika-guard scan PATH… [--json] [--jobs N] [--known-good SET] [--rules FOLDER --key PUBLIC.pem]
stoika-guard scan-sql DUMP.sql[.gz]… [--json]
stoika-guard watch FOLDER [--mode detect|protect] [--data FOLDER] [--json] [--rules FOLDER --key PUBLIC.pem]
stoika-guard join https://CENTRE CODE [--homes /home] [--key PUBLIC.pem] [--config FILE] [--data FOLDER]
stoika-guard serve [--config FILE]
stoika-guard install [--dry-run] [--root FOLDER]
stoika-guard remove [--dry-run] [--originals keep|delete] [--root FOLDER]
stoika-guard known-good import LIST… --into SET [--root FOLDER]
stoika-guard known-good debian [PACKAGE…] --into SET [--root /]
stoika-guard rules check
stoika-guard rules sign VERSION --key PRIVATE.pem
stoika-guard rules install PACK --rules FOLDER --key PUBLIC.pem
stoika-guard rules roll-back --rules FOLDER --key PUBLIC.pem
stoika-guard prevent FOLDER [--as SITE_FOLDER] [--into FOLDER] [--enforce]
stoika-guard prevent roll-back SITE_FOLDER --into FOLDER
stoika-guard evaluate --clean FOLDER… --malicious FOLDER…
stoika-guard train --clean FOLDER… --malicious FOLDER… [--out FILE]`;

const print = (line: string) => process.stdout.write(`${line}\n`);
const CALLED_WRONGLY = 2;

function readArguments(args: readonly string[]) {
  return parseArgs({
    args: [...args],
    allowPositionals: true,
    options: {
      json: { type: 'boolean' },
      jobs: { type: 'string', default: '1' },
      'known-good': { type: 'string' },
      into: { type: 'string' },
      as: { type: 'string' },
      enforce: { type: 'boolean', default: false },
      root: { type: 'string' },
      mode: { type: 'string', default: 'detect' },
      data: { type: 'string' },
      homes: { type: 'string', default: '/home' },
      'dry-run': { type: 'boolean' },
      originals: { type: 'string' },
      config: { type: 'string', default: SETTINGS_PATH },
      rules: { type: 'string' },
      key: { type: 'string' },
      clean: { type: 'string', multiple: true },
      malicious: { type: 'string', multiple: true },
      out: { type: 'string', default: join(import.meta.dirname, 'model', 'weights.json') },
    },
  });
}

type Values = ReturnType<typeof readArguments>['values'];
type Command = (rest: readonly string[], values: Values) => number | Promise<number>;

/** Exit codes: 0 nothing found, 1 something found or a rule at fault, 2 called wrongly. */
const COMMANDS: Record<string, Command> = {
  scan: async (paths, values) => {
    if (paths.length === 0) return CALLED_WRONGLY;
    const jobs = Math.max(1, Math.min(64, Number.parseInt(values.jobs, 10) || 1));
    const set = values['known-good'];
    const knownGood = set === undefined ? [] : [...readKnownGoodFile(set)];
    const folders = paths.map((path) => Buffer.from(path));
    const report = await scanWithJobs(folders, jobs, knownGood, ruleFolder(values));
    print(values.json ? JSON.stringify(report) : describe(report));
    return report.findings.length > 0 ? 1 : 0;
  },
  'scan-sql': (paths, values) => (paths.length === 0 ? CALLED_WRONGLY : scanSql(paths, values)),
  watch: async ([folder], values) => {
    const { mode, data = defaultDataFolder(process.env), json = false } = values;
    if (folder === undefined || (mode !== 'detect' && mode !== 'protect')) return CALLED_WRONGLY;
    await watchCommand({ folder, mode, dataFolder: data, json, rules: ruleFolder(values) });
    return 0;
  },
  join: ([centre, code], values) => {
    if (centre === undefined || code === undefined) return CALLED_WRONGLY;
    return joinCommand(centre, code, serverOptions(values), print);
  },
  serve: (_, values) => serveCommand(serverOptions(values)),
  install: (_, values) => installCommand({ ...values, dryRun: values['dry-run'] }, print),
  remove: (_, values) => removeCommand({ ...values, dryRun: values['dry-run'] }, print),
  prevent: async ([folder], values) => {
    const { as = folder, into = null, enforce } = values;
    if (folder === undefined || as === undefined || !as.startsWith('/')) return CALLED_WRONGLY;
    const kept = ruleFolder(values);
    const rules = kept ? loadRules(kept) : compileRules(STANDARD_VERSION, STANDARD_RULES);
    await preventCommand({ folder, siteFolder: as, into, simulation: !enforce, rules }, print);
    return 0;
  },
  'prevent roll-back': ([siteFolder], { into }) => {
    if (siteFolder === undefined || into === undefined) return CALLED_WRONGLY;
    const version = rollBackSite(into, siteNameOf(siteFolder));
    print(version === null ? 'there is no version before it' : `version ${version} in use`);
    return version === null ? 1 : 0;
  },
  'known-good import': (lists, { into, root }) => {
    if (lists.length === 0 || into === undefined) return CALLED_WRONGLY;
    const entries = lists.flatMap((list) => parseChecksums(readFileSync(list, 'utf8')));
    return keep(importChecksums(entries, root ?? null), into);
  },
  'known-good debian': (packages, { into, root }) => {
    if (into === undefined) return CALLED_WRONGLY;
    const wanted = (name: string) => packages.length === 0 || packages.includes(name);
    return keep(importDebian(root ?? '/', wanted), into);
  },
  'rules check': () => {
    const faults = checkRules(STANDARD_RULES, readModel());
    for (const { rule, fault, text } of faults) print(`${rule}: ${fault} fails on ${text}`);
    print(`${STANDARD_RULES.length} rules of ${STANDARD_VERSION}, ${faults.length} at fault`);
    return faults.length > 0 ? 1 : 0;
  },
  'rules sign': ([version], { key }) => {
    if (version === undefined || key === undefined) return CALLED_WRONGLY;
    const signed = signPack(version, STANDARD_RULES, createPrivateKey(readFileSync(key, 'utf8')));
    print(JSON.stringify(signed));
    return 0;
  },
  'rules install': ([pack], values) => {
    const folder = ruleFolder(values);
    if (pack === undefined || !folder) return CALLED_WRONGLY;
    const answer = installPack(folder, readFileSync(pack, 'utf8'));
    print(
      answer.ok ? `rules ${answer.compiled.version} in use` : `${answer.code}: ${answer.message}`,
    );
    return answer.ok ? 0 : 1;
  },
  'rules roll-back': (_, values) => {
    const folder = ruleFolder(values);
    if (!folder) return CALLED_WRONGLY;
    print(`rules ${rollBackRules(folder)} in use`);
    return 0;
  },
  evaluate: (_, { clean, malicious }) => {
    if (!clean || !malicious) return CALLED_WRONGLY;
    evaluate({ clean, malicious }, print);
    return 0;
  },
  train: (_, { clean, malicious, out }) => {
    if (!clean || !malicious) return CALLED_WRONGLY;
    train({ clean, malicious }, out, print);
    return 0;
  },
};

async function main(args: readonly string[]): Promise<number> {
  const { values, positionals } = readArguments(args);
  const [first = '', second = '', ...rest] = positionals;
  const pair = COMMANDS[`${first} ${second}`];
  const command = pair ?? COMMANDS[first];
  const code = await command?.(pair ? rest : positionals.slice(1), values);
  if (code === undefined || code === CALLED_WRONGLY) process.stderr.write(`${USAGE}\n`);
  return code ?? CALLED_WRONGLY;
}

function serverOptions({ data = DATA_FOLDER, ...values }: Values) {
  return { ...values, data };
}

function ruleFolder({ rules, key }: Values): RuleFolder | null {
  if (rules === undefined || key === undefined) return null;
  return { path: rules, publicKeyPem: readFileSync(key, 'utf8') };
}

async function scanSql(paths: readonly string[], values: Values): Promise<number> {
  const folder = ruleFolder(values);
  const rules = folder ? loadRules(folder) : compileRules(STANDARD_VERSION, STANDARD_RULES);
  const judge = makeJudge(rules, readModel());
  let found = 0;
  for (const path of paths) {
    const file = createReadStream(path);
    const { rows, findings } = await judgeSqlDump(
      judge,
      path.endsWith('.gz') ? file.pipe(createGunzip()) : file,
    );
    found += findings.length;
    if (values.json) print(JSON.stringify({ path, rows, findings }));
    else {
      for (const { table, row, name, column, verdict } of findings) {
        const shown = showBytes(Buffer.from(`${table} ${row} ${name ?? ''}`, 'latin1'));
        const rulesHit = verdict.evidence.map(({ rule }) => rule).join(' ');
        print(`${verdict.class}\tlook\t${verdict.family ?? ''}\t${shown} [${column}]\t${rulesHit}`);
      }
      print(`${rows} rows, ${findings.length} findings`);
    }
  }
  return found > 0 ? 1 : 0;
}

function keep({ sha256, absent, different }: Imported, into: string): number {
  const added = addToKnownGoodFile(into, sha256);
  print(`${sha256.size} contents, ${added} new; ${absent} without a file, ${different} changed`);
  return 0;
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
