import { spend, type DecodeBudget } from './budget.ts';
import type { PureArgument } from './pure-functions.ts';

/** str_replace(search, replacement, subject), with lists as PHP pairs them. */
export function replaceAll(args: readonly PureArgument[], budget: DecodeBudget): string | null {
  const [search, replacement, subject] = args;
  if (search === undefined || replacement === undefined || typeof subject !== 'string') return null;
  const searches = typeof search === 'string' ? [search] : search;
  let result = subject;
  for (const [at, from] of searches.slice(0, 512).entries()) {
    const to = typeof replacement === 'string' ? replacement : (replacement[at] ?? '');
    if (from === '') continue;
    const growth = to.length > from.length ? result.length * to.length : result.length;
    if (!spend(budget, growth)) return null;
    result = result.replaceAll(from, () => to);
  }
  return result;
}

/** strtr(subject, from, to): byte for byte. */
export function translate(args: readonly PureArgument[], budget: DecodeBudget): string | null {
  const [subject, from, to] = args;
  if (typeof subject !== 'string' || typeof from !== 'string' || typeof to !== 'string')
    return null;
  if (!spend(budget, subject.length)) return null;
  const table = new Map<string, string>();
  const size = Math.min(from.length, to.length, 256);
  for (let at = 0; at < size; at++) table.set(from[at] as string, to[at] as string);
  let result = '';
  for (const char of subject) result += table.get(char) ?? char;
  return result;
}

/** sprintf with %s %d %c %x and numbered arguments; null for the rest. */
export function sprintf(args: readonly PureArgument[]): string | null {
  const [format, ...values] = args;
  if (typeof format !== 'string' || format.length > 65_536) return null;
  let next = 0;
  let known = true;
  const result = format.replace(/%(?:(\d{1,3})\$)?([a-z%])/gi, (_, index: string, kind: string) => {
    if (kind === '%') return '%';
    const value = values[index ? Number(index) - 1 : next++];
    if (typeof value !== 'string') {
      known = false;
      return '';
    }
    if (kind === 'c') return String.fromCharCode(Number.parseInt(value, 10) & 255);
    if (kind === 'x') return (Number.parseInt(value, 10) || 0).toString(16);
    return value;
  });
  return known ? result : null;
}

/** convert_uudecode: lines of a length character and groups of four (POSIX uuencode). */
export function uudecode(value: string): string {
  let result = '';
  for (const line of value.split('\n')) {
    const length = (line.charCodeAt(0) - 32) & 63;
    if (!(length > 0)) continue;
    let bytes = '';
    for (let at = 1; at + 3 < line.length + 3 && bytes.length < length; at += 4) {
      const code = [0, 1, 2, 3].map((offset) => ((line.charCodeAt(at + offset) || 32) - 32) & 63);
      const [a = 0, b = 0, c = 0, d = 0] = code;
      bytes += String.fromCharCode(
        (a << 2) | (b >> 4),
        ((b & 15) << 4) | (c >> 2),
        ((c & 3) << 6) | d,
      );
    }
    result += bytes.slice(0, length);
  }
  return result;
}
