import { posix } from 'node:path';
import { describe, expect, it } from 'vitest';
import { EDGES } from './edges.ts';
import { importsOf, readSource, repositoryPaths } from './source-files.ts';

const paths = repositoryPaths();
const code = paths
  .filter((path) => /\.tsx?$/.test(path) && !path.endsWith('.d.ts'))
  .map(readSource);
const isTest = (path: string): boolean =>
  /\.test\.tsx?$|\.browser\.ts$|^test\/|-test\.ts$|fixtures\.ts$/.test(path);
const source = code.filter(({ path }) => !isTest(path));
const domains = [...new Set(paths.flatMap((path) => /^domains\/([^/]+)\//.exec(path)?.[1] ?? []))];

const LINES_MAX = 400;
const TEST_LINES_MAX = 800;
const MEDIAN_MAX = 100;
const P95_MAX = 300;

/** Where an import leads, as a path from the root; null for packages. */
function resolved(from: string, specifier: string): string | null {
  if (specifier.startsWith('#')) return specifier.slice(1);
  if (!specifier.startsWith('.')) return null;
  return posix.join(posix.dirname(from), specifier);
}

const domainOf = (path: string): string | null => /^domains\/([^/]+)\//.exec(path)?.[1] ?? null;

describe('files', () => {
  it('are short enough to be read in one go', () => {
    const long = code
      .filter(({ path, lines }) => lines > (isTest(path) ? TEST_LINES_MAX : LINES_MAX))
      .map(({ path, lines }) => `${path}: ${lines} lines`);
    expect(long).toEqual([]);
    const lengths = source.map(({ lines }) => lines).toSorted((a, b) => a - b);
    expect(lengths[Math.floor(lengths.length / 2)]).toBeLessThanOrEqual(MEDIAN_MAX);
    expect(lengths[Math.floor(lengths.length * 0.95)]).toBeLessThanOrEqual(P95_MAX);
  });

  it('are named in kebab-case and say what they hold', () => {
    const names = paths.filter((path) => {
      const name = posix.basename(path);
      return (
        /\.(ts|tsx|css|sql|json)$/.test(name) && /[A-Z_]/.test(name.replaceAll(/^\d[\d-]*/g, ''))
      );
    });
    expect(names).toEqual([]);
    const vague = source.filter(({ path }) =>
      /(^|[/-])(utils?|helpers?|manager|service|misc)\.tsx?$/.test(path),
    );
    expect(vague.map(({ path }) => path)).toEqual([]);
  });

  it('are no large binaries', () => {
    const odd = paths.filter((path) => /\.(zip|gz|tar|exe|so|node|wasm|mp4)$/.test(path));
    expect(odd).toEqual([]);
  });

  it('leave nothing open: no marks to do later, no test switched off', () => {
    const marks = new RegExp(`\\b(${['TO' + 'DO', 'FIX' + 'ME', 'HA' + 'CK'].join('|')})\\b`);
    const off = new RegExp(
      String.raw`\b(it|test|describe)\.(sk` +
        String.raw`ip|on` +
        String.raw`ly|to` +
        String.raw`do)\(`,
    );
    const open = code.filter(({ text }) => marks.test(text) || off.test(text));
    expect(open.map(({ path }) => path)).toEqual([]);
  });
});

describe('domains', () => {
  it('stand in the table of edges, which has no cycle', () => {
    expect(domains.toSorted()).toEqual(Object.keys(EDGES).toSorted());
    const order = Object.keys(EDGES);
    const upward = order.flatMap((domain, at) =>
      (EDGES[domain] ?? [])
        .filter((other) => order.indexOf(other) >= at)
        .map((other) => `${domain} → ${other}`),
    );
    expect(upward).toEqual([]);
  });

  it('are introduced by a README that says what they own', () => {
    const missing = domains.filter((domain) => {
      if (!paths.includes(`domains/${domain}/README.md`)) return true;
      const { text } = readSource(`domains/${domain}/README.md`);
      return (
        !/\*\*Owns\*\*/.test(text) ||
        !/\*\*Does not own\*\*/i.test(text) ||
        !/[Ss]tart reading/.test(text)
      );
    });
    expect(missing).toEqual([]);
  });

  it('meet only through front doors, along the edges', () => {
    const wrong = code.flatMap(({ path, text }) => {
      const own = domainOf(path);
      if (!own || isTest(path)) return [];
      return importsOf(text).flatMap((specifier) => {
        const to = resolved(path, specifier);
        const other = to && domainOf(to);
        if (!to || !other || other === own) return [];
        const screen = path.includes('/screens/');
        const door = to === `domains/${other}/index.ts`;
        const shown = screen && /\/(contract\.ts|screens\/.*)$/.test(to);
        // Contracts reach the browser, so they share words and shapes, never a front door.
        const shared = path.endsWith('/contract.ts') && /\/contract\.ts$|-words\.ts$/.test(to);
        const allowed = screen || (EDGES[own] ?? []).includes(other);
        return allowed && (door || shown || shared || isWords(to)) ? [] : [`${path} → ${to}`];
      });
    });
    expect(wrong).toEqual([]);
  });

  it('speak to the database in stores alone', () => {
    const wrong = source
      .filter(({ path }) => path.startsWith('domains/') && !path.endsWith('store.ts'))
      .filter(({ text }) => /import (?!type)[^;]*from 'kysely'/.test(text));
    expect(wrong.map(({ path }) => path)).toEqual([]);
  });

  it('say everything in Russian and in English', () => {
    const wrong = domains.flatMap((domain) => {
      const [ru, en] = ['ru', 'en'].map((language) => {
        const path = `domains/${domain}/texts/${language}.json`;
        return paths.includes(path) ? keysOf(JSON.parse(readSource(path).text)) : [];
      });
      const missing = [
        ...(ru ?? []).filter((key) => !en?.includes(key)).map((key) => `en lacks ${key}`),
        ...(en ?? []).filter((key) => !ru?.includes(key)).map((key) => `ru lacks ${key}`),
      ];
      return missing.map((what) => `${domain}: ${what}`);
    });
    expect(wrong).toEqual([]);
  });
});

/** A contract's own pure file of words and shapes, which screens and other contracts may share. */
function isWords(to: string): boolean {
  return to.endsWith('-words.ts');
}

function keysOf(texts: unknown, prefix = ''): string[] {
  if (typeof texts !== 'object' || texts === null) return [prefix];
  return Object.entries(texts).flatMap(([key, value]) =>
    keysOf(value, prefix ? `${prefix}.${key}` : key),
  );
}

describe('migrations', () => {
  const migrations = paths.filter((path) => path.endsWith('.sql'));

  it('are named by time and what they do, each at a time of its own', () => {
    const names = migrations.map((path) => posix.basename(path));
    const odd = names.filter((name) => !/^\d{4}-\d{2}-\d{2}-\d{4}-[a-z0-9-]+\.sql$/.test(name));
    expect(odd).toEqual([]);
    const times = names.map((name) => name.slice(0, 15));
    expect(times.filter((time, at) => times.indexOf(time) !== at)).toEqual([]);
  });
});
