import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';

const read = (path: string) => readFileSync(new URL(`../../${path}`, import.meta.url), 'utf8');

it('every dependency has its reason in docs/dependencies.md, at an exact version', () => {
  const { dependencies, optionalDependencies, devDependencies } = JSON.parse(read('package.json'));
  const reasons = read('docs/dependencies.md');
  const versions = { ...dependencies, ...optionalDependencies, ...devDependencies };
  const unexplained = Object.keys(versions).filter((name) => !isNamed(reasons, name));
  const loose = Object.entries(versions).filter(([, version]) => !/^\d/.test(String(version)));
  expect({ unexplained, loose }).toEqual({ unexplained: [], loose: [] });
});

/** By its name, or in the row of its family by what follows the family's name. */
function isNamed(reasons: string, name: string): boolean {
  const short = name.replace(/^(@[^/]+\/|node-bin-|node-)/, '');
  return reasons.includes(`\`${name}\``) || reasons.includes(`\`${short}\``);
}
