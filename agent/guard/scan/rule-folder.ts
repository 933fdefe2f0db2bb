import { mkdirSync, readFileSync, renameSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { compileRules, type CompiledRules } from '../rules/compile-rules.ts';
import { STANDARD_RULES, STANDARD_VERSION } from '../rules/standard-rules.ts';
import { readPack, type PackAnswer } from './read-rule-pack.ts';

/** Where a server keeps its rule packs, and whose signature it takes. */
export interface RuleFolder {
  path: string;
  publicKeyPem: string;
}

/** Rules in use, looked up again whenever the folder says that they changed. */
export interface RuleFeed {
  /** Cheap enough to ask before each scan; a scan under way ends with the rules it began with. */
  current: () => CompiledRules;
}

type Pointer = 'current' | 'previous';

/** Checks a pack and takes it into use; the one before stays for `rollBackRules`. */
export function installPack(folder: RuleFolder, json: string): PackAnswer {
  const now = pointedAt(folder, 'current');
  const answer = readPack(json, folder.publicKeyPem, now ?? STANDARD_VERSION);
  if (!answer.ok) return answer;
  const { version } = answer.compiled;
  if (version === now) return answer;
  mkdirSync(join(folder.path, 'packs'), { recursive: true });
  replace(packPath(folder, version), json);
  if (now) replace(join(folder.path, 'previous'), now);
  replace(join(folder.path, 'current'), version);
  return answer;
}

/** Goes back to the pack before, or to the rules that came with the program; their version. */
export function rollBackRules(folder: RuleFolder): string {
  const before = pointedAt(folder, 'previous') ?? '';
  mkdirSync(folder.path, { recursive: true });
  replace(join(folder.path, 'current'), before);
  replace(join(folder.path, 'previous'), '');
  return before === '' ? STANDARD_VERSION : before;
}

/** A pack that is missing, damaged or not of our key leaves the one before, then our own rules. */
export function loadRules(folder: RuleFolder): CompiledRules {
  for (const pointer of ['current', 'previous'] as const) {
    const version = pointedAt(folder, pointer);
    const json = version === null ? null : readIfThere(packPath(folder, version));
    if (json === null) continue;
    const answer = readPack(json, folder.publicKeyPem, null);
    if (answer.ok) return answer.compiled;
  }
  return compileRules(STANDARD_VERSION, STANDARD_RULES);
}

export function openRuleFeed(folder: RuleFolder): RuleFeed {
  const stamp = () => stampOf(join(folder.path, 'current'));
  let seen = stamp();
  let rules = loadRules(folder);
  return {
    current: () => {
      const now = stamp();
      if (now !== seen) {
        seen = now;
        rules = loadRules(folder);
      }
      return rules;
    },
  };
}

/** Inodes are used again, so the time of the change counts too. */
function stampOf(path: string): string {
  const stats = statSync(path, { bigint: true, throwIfNoEntry: false });
  return stats ? `${stats.ino} ${stats.ctimeNs}` : '';
}

/** The version a pointer names; null for none. Versions are parts of file names. */
function pointedAt(folder: RuleFolder, pointer: Pointer): string | null {
  const version = readIfThere(join(folder.path, pointer))?.trim() ?? '';
  return /^\w[\w.-]{0,63}$/.test(version) ? version : null;
}

function packPath(folder: RuleFolder, version: string): string {
  return join(folder.path, 'packs', `${version}.json`);
}

function readIfThere(path: string): string | null {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw error;
  }
}

function replace(path: string, text: string): void {
  const written = `${path}.${process.pid}`;
  writeFileSync(written, text);
  renameSync(written, path);
}
