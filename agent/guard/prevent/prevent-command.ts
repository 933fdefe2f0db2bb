import { readModel } from '../model/model.ts';
import type { CompiledRules } from '../rules/compile-rules.ts';
import { makeJudge } from '../scan/judge-php.ts';
import { guardPolicy } from '../service/wire.ts';
import { keepRules } from './keep-rules.ts';
import { snuffleupagusRules } from './snuffleupagus-rules.ts';
import { surveySite } from './survey-site.ts';

interface PreventOrder {
  /** Where the site's files are, and where PHP sees them. */
  folder: string;
  siteFolder: string;
  /** Null: printed and not kept. */
  into: string | null;
  simulation: boolean;
  rules: CompiledRules;
}

/** `stoika-guard prevent`: rules for one site, out of what its code uses. */
export async function preventCommand(
  { folder, siteFolder, into, simulation, rules }: PreventOrder,
  print: (line: string) => void,
): Promise<void> {
  const { uploadFolders } = guardPolicy.parse({ server: 'protect' });
  const judge = makeJudge(rules, readModel());
  const survey = await surveySite(Buffer.from(trimmed(folder)), uploadFolders, judge);
  const madeAt = new Date().toISOString();
  const make = (version: number) =>
    snuffleupagusRules(survey, { siteFolder: trimmed(siteFolder), version, madeAt, simulation });
  if (into === null) {
    print(make(1).trimEnd());
    return;
  }
  const site = siteNameOf(siteFolder);
  const { version, changed } = keepRules(into, site, make);
  const mode = simulation ? 'simulation' : 'in force';
  print(`${site}: version ${version}, ${changed ? mode : 'as before'}`);
}

/** `/home/anna/public_html` is kept as `home-anna-public_html`. */
export function siteNameOf(siteFolder: string): string {
  return trimmed(siteFolder)
    .slice(1)
    .replaceAll('/', '-')
    .replace(/[^A-Za-z0-9_.-]/g, '_');
}

function trimmed(path: string): string {
  return path.replace(/\/+$/, '');
}
