import { MODES } from '../../contract.ts';

type Mode = (typeof MODES)[number];
export type PathMode = { prefix: string; mode: Mode };

/** `public_html/old: off`, a line each. */
export function pathLines(paths: readonly PathMode[]): string {
  return paths.map(({ prefix, mode }) => `${prefix}: ${mode}`).join('\n');
}

/** The folders of the lines, or the number of the first line that cannot be read. */
export function readPathLines(lines: string): { paths: PathMode[] } | { badLine: number } {
  const paths: PathMode[] = [];
  for (const [index, line] of lines.split('\n').entries()) {
    if (line.trim() === '') continue;
    const cut = line.lastIndexOf(':');
    const mode = MODES.find((one) => one === line.slice(cut + 1).trim());
    const prefix = line
      .slice(0, Math.max(cut, 0))
      .trim()
      .replaceAll(/^\/+|\/+$/g, '');
    if (!mode || prefix === '' || /(^|\/)\.{1,2}(\/|$)|\/\//.test(prefix)) {
      return { badLine: index + 1 };
    }
    paths.push({ prefix, mode });
  }
  return { paths };
}
