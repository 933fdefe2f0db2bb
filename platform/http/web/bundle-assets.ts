import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';

/** Addresses of the built files that a document starts with. */
export type PageAssets = { styles: string[]; fonts: string[]; script: string; preloads: string[] };

/** Vite's manifest, as far as we read it. */
type Chunk = { file: string; src?: string; isEntry?: boolean; imports?: string[]; css?: string[] };
type Manifest = Record<string, Chunk>;

/** Drawn with the first words of a page; the code face may come later. */
const FIRST_FONTS = /onest-(latin|cyrillic|rouble)\b/;

/**
 * Reads a bundle's manifest and answers which files a page needs first; `source` names the module
 * of the page itself, so that it is fetched beside the entry instead of after it.
 */
export async function bundleAssets(
  distDir: string,
  bundle: string,
): Promise<(source?: string) => PageAssets> {
  const file = resolve(distDir, bundle, '.vite/manifest.json');
  const manifest = JSON.parse(await readFile(file, 'utf8')) as Manifest;
  const entry = Object.keys(manifest).find((name) => manifest[name]?.isEntry);
  if (entry === undefined) throw new Error(`${file} has no entry`);
  const url = (name: string) => `/assets/${bundle}/${name}`;
  const chunks = Object.values(manifest);
  const fonts = chunks
    .filter((chunk) => FIRST_FONTS.test(chunk.file))
    .map(({ file: name }) => url(name));
  // Without code splitting Vite lists the one sheet under this name and beside no chunk.
  const common = manifest['style.css'];
  const known = new Map<string | undefined, PageAssets>();

  function assetsOf(source: string | undefined): PageAssets {
    const start = source !== undefined && manifest[source] ? [entry ?? '', source] : [entry ?? ''];
    const names = reachable(manifest, start);
    const needed = names.flatMap((name) => manifest[name] ?? []);
    const styles = new Set(needed.flatMap((chunk) => chunk.css ?? []));
    if (common) styles.add(common.file);
    const [script = '', ...rest] = needed.map((chunk) => url(chunk.file));
    return { styles: [...styles].map(url), fonts, script, preloads: rest };
  }
  return (source) => {
    let assets = known.get(source);
    if (!assets) known.set(source, (assets = assetsOf(source)));
    return assets;
  };
}

/** The chunks named and everything they import, each once, in the order they are met. */
function reachable(manifest: Manifest, start: readonly string[]): string[] {
  const names = new Set(start);
  for (const name of names) for (const next of manifest[name]?.imports ?? []) names.add(next);
  return [...names];
}
