import { cpSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const OWN = fileURLToPath(new URL('../../..', import.meta.url));
/** What the agent's code imports; each brings what it depends on. */
const PACKAGES = ['pino', 'yauzl', 'zod'];

/** The agent with all it needs, Node included, so that it depends on nothing that a server has. */
export function copyProgram(into: string): void {
  rmSync(into, { recursive: true, force: true });
  mkdirSync(join(into, 'bin'), { recursive: true, mode: 0o755 });
  cpSync(process.execPath, join(into, 'bin/node'), { dereference: true });
  cpSync(join(OWN, 'agent'), join(into, 'agent'), { recursive: true, filter: isProgram });
  const { version, type, license } = manifestOf(OWN);
  const manifest = { name: 'stoika-guard', version, type, license, private: true };
  writeFileSync(join(into, 'package.json'), `${JSON.stringify(manifest, null, 2)}\n`);
  for (const name of withDependencies(PACKAGES)) {
    const to = join(into, 'node_modules', name);
    cpSync(join(OWN, 'node_modules', name), to, { recursive: true, dereference: true });
  }
  const licence = join(OWN, 'LICENSE');
  if (existsSync(licence)) cpSync(licence, join(into, 'LICENSE'));
}

function isProgram(path: string): boolean {
  return !/\.test\.ts$|\/testing(\/|$)|\/evaluate\/left-out/.test(path.slice(OWN.length));
}

type Manifest = Record<'version' | 'type' | 'license', string> & {
  dependencies?: Record<string, string>;
};

function manifestOf(folder: string): Manifest {
  return JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as Manifest;
}

function withDependencies(names: readonly string[]): Set<string> {
  const found = new Set<string>();
  for (const pending = [...names]; pending.length > 0;) {
    const name = pending.pop() as string;
    if (found.has(name)) continue;
    found.add(name);
    const { dependencies = {} } = manifestOf(join(OWN, 'node_modules', name));
    pending.push(...Object.keys(dependencies));
  }
  return found;
}
