import { showBytes } from '../show-bytes.ts';
import { DANGEROUS_FUNCTIONS } from './dangerous-functions.ts';
import type { SiteSurvey } from './survey-site.ts';

export interface RuleOrder {
  /** The site's folder as PHP sees it: `/home/anna/public_html`. */
  siteFolder: string;
  version: number;
  madeAt: string;
  /** Only logged what would be stopped. */
  simulation: boolean;
}

const SCRIPT_NAME = String.raw`\.(ph(p\d?|tml|t|ar)|inc)$`;
const INCLUDES = ['include', 'include_once', 'require', 'require_once'];
/** A path is matched as the script wrote it: relative, or with detours that lead nowhere. */
const SLASHES = '/[./]*';
/** More files than this need a function: it is theirs to use anywhere in the site. */
const MOST_FILES = 200;

/**
 * One site's rules for Snuffleupagus 0.10 and later (its documentation: "Features", "Configuration").
 * The first rule that fits decides, so what a file needs stands before what the rest is refused.
 * Every rule is bound to the site's folder: files of many sites can be loaded together.
 */
export function snuffleupagusRules(survey: SiteSurvey, order: RuleOrder): string {
  const { siteFolder, version, madeAt, simulation } = order;
  const act = simulation ? 'simulation().drop()' : 'drop()';
  const inSite = `filename_r("^${quoted(escaped(siteFolder))}/")`;
  const lines = [
    `# Site ${showBytes(Buffer.from(siteFolder))}, version ${version}, ${madeAt}`,
    `# ${simulation ? 'Simulation: nothing is stopped, hits are logged' : 'In force'}`,
    `# ${survey.phpFiles} PHP files read, ${survey.skipped.length} not wholly`,
  ];
  for (const file of survey.refused.toSorted(Buffer.compare)) {
    lines.push(`# ${showBytes(file)} is given nothing: not found clean, or among uploads`);
  }
  for (const name of DANGEROUS_FUNCTIONS) {
    const files = survey.users.get(name) ?? [];
    const target = `sp.disable_function.function("${name}")`;
    if (files.length > MOST_FILES) {
      lines.push(`# ${name}: ${files.length} files call it`);
      continue;
    }
    for (const file of files.toSorted(Buffer.compare)) {
      const path = nameable(siteFolder, file);
      if (path === null) lines.push(`# ${name}: ${showBytes(file)} cannot be named in a rule`);
      else lines.push(`${target}.filename("${path}").allow();`);
    }
    lines.push(`${target}.${inSite}.${act};`);
  }
  for (const folder of survey.uploadFolders) {
    const below = `(^|/)${folder.split('/').map(escaped).join(SLASHES)}/`;
    for (const name of INCLUDES) {
      const target = `sp.disable_function.function("${name}")`;
      lines.push(`${target}.${inSite}.value_r("${quoted(below)}").${act};`);
    }
    const script = quoted(`${below}.*${SCRIPT_NAME}`);
    for (const [name, param] of WRITES) {
      const target = `sp.disable_function.function("${name}").param("${param}")`;
      lines.push(`${target}.${inSite}.value_r("${script}").${act};`);
    }
  }
  return `${lines.join('\n')}\n`;
}

/** What puts a file in its place, and the parameter that names the place (PHP 8). */
const WRITES = [
  ['move_uploaded_file', 'to'],
  ['file_put_contents', 'filename'],
  ['rename', 'to'],
  ['copy', 'to'],
] as const;

/** A path in a rule is a quoted text: what could end it, or be seen otherwise, is not put there. */
function nameable(siteFolder: string, file: Buffer): string | null {
  const path = `${siteFolder}/${file.toString('latin1')}`;
  return /^[\x20-\x7e]+$/.test(path) && !/["\\]/.test(path) ? path : null;
}

/** For PCRE: every byte that is no letter, digit or one of these stands for itself. */
function escaped(text: string): string {
  const bytes = Buffer.from(text, 'latin1').toString('latin1');
  return bytes.replace(/[^A-Za-z0-9/_]/g, (byte) => {
    const code = byte.charCodeAt(0);
    return code < 0x20 || code > 0x7e || byte === '"'
      ? `\\x${code.toString(16).padStart(2, '0')}`
      : `\\${byte}`;
  });
}

/** A rule's text takes one backslash for two. */
function quoted(pattern: string): string {
  return pattern.replaceAll('\\', '\\\\');
}
