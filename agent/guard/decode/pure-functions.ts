import { spend, type DecodeBudget } from './budget.ts';
import { inflate } from './inflate.ts';
import { replaceAll, sprintf, translate, uudecode } from './text-functions.ts';

/** Constant arguments: text, or a list of texts for an array. */
export type PureArgument = string | readonly string[];
type Pure = (args: readonly PureArgument[], budget: DecodeBudget) => PureArgument | null;

const latin1 = (text: string) => Buffer.from(text, 'latin1');
const text = (argument: PureArgument | undefined): string =>
  typeof argument === 'string' ? argument : '';
const integer = (argument: PureArgument | undefined, otherwise = 0): number => {
  const value = Number.parseInt(text(argument), 10);
  return Number.isFinite(value) ? value : otherwise;
};
const one =
  (convert: (value: string) => string): Pure =>
  (args) =>
    typeof args[0] === 'string' ? convert(args[0]) : null;

function rot13(value: string): string {
  return value.replace(/[a-z]/gi, (letter) => {
    const code = letter.charCodeAt(0);
    return String.fromCharCode((code & 31) <= 13 ? code + 13 : code - 13);
  });
}

function percentDecode(value: string): string {
  return value.replace(/%([0-9a-f]{2})/gi, (_, hex: string) =>
    String.fromCharCode(Number.parseInt(hex, 16)),
  );
}

function entities(value: string): string {
  return value
    .replace(/&#(x?)([0-9a-f]{1,6});/gi, (_, hex: string, digits: string) =>
      String.fromCharCode(Number.parseInt(digits, hex ? 16 : 10) & 255),
    )
    .replaceAll('&quot;', '"')
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&amp;', '&');
}

function substr(value: string, from: number, length: number): string {
  const start = from < 0 ? Math.max(0, value.length + from) : from;
  return value.slice(start, length < 0 ? value.length + length : start + length);
}

function pieces(value: string, size: number): string[] {
  const count = Math.min(65_536, Math.ceil(value.length / Math.max(1, size)));
  return Array.from({ length: count }, (_, at) => value.slice(at * size, (at + 1) * size));
}

function join(args: readonly PureArgument[]): string | null {
  const list = args.find((argument) => typeof argument !== 'string');
  if (!list || typeof list === 'string') return null;
  return list.join(text(args.find((argument) => typeof argument === 'string')));
}

function pack(args: readonly PureArgument[]): string | null {
  const format = text(args[0]);
  if (format.startsWith('H')) return hex(text(args[1]));
  if (/^[Cc]/.test(format)) {
    const codes = args.slice(1).map((argument) => integer(argument) & 255);
    return String.fromCharCode(...codes.slice(0, 4096));
  }
  return /^[aA]/.test(format) ? text(args[1]) : null;
}

function hex(value: string): string {
  return Buffer.from(value, 'hex').toString('latin1');
}

function repeat(args: readonly PureArgument[], budget: DecodeBudget): string | null {
  const times = Math.max(0, integer(args[1]));
  const value = text(args[0]);
  return spend(budget, value.length * times) ? value.repeat(times) : null;
}

/**
 * PHP functions without effects, on constants, written here: nothing is looked up by a name from
 * the file but in this table. Null means the result is not known.
 */
export const PURE_FUNCTIONS: ReadonlyMap<string, Pure> = new Map<string, Pure>([
  ['base64_decode', one((value) => Buffer.from(value, 'base64').toString('latin1'))],
  ['base64_encode', one((value) => latin1(value).toString('base64'))],
  ['gzinflate', (args, budget) => inflate('gzinflate', text(args[0]), budget)],
  ['gzuncompress', (args, budget) => inflate('gzuncompress', text(args[0]), budget)],
  ['zlib_decode', (args, budget) => inflate('gzuncompress', text(args[0]), budget)],
  ['gzdecode', (args, budget) => inflate('gzdecode', text(args[0]), budget)],
  ['str_rot13', one(rot13)],
  ['hex2bin', one(hex)],
  ['bin2hex', one((value) => latin1(value).toString('hex'))],
  ['rawurldecode', one(percentDecode)],
  ['urldecode', one((value) => percentDecode(value.replaceAll('+', ' ')))],
  ['strrev', one((value) => latin1(value).reverse().toString('latin1'))],
  ['convert_uudecode', one(uudecode)],
  ['html_entity_decode', one(entities)],
  ['htmlspecialchars_decode', one(entities)],
  ['stripslashes', one((value) => value.replace(/\\(.)/gs, '$1'))],
  ['strtolower', one((value) => value.toLowerCase())],
  ['strtoupper', one((value) => value.toUpperCase())],
  ['ucfirst', one((value) => value.slice(0, 1).toUpperCase() + value.slice(1))],
  ['lcfirst', one((value) => value.slice(0, 1).toLowerCase() + value.slice(1))],
  ['trim', one((value) => value.trim())],
  ['ltrim', one((value) => value.trimStart())],
  ['rtrim', one((value) => value.trimEnd())],
  ['chop', one((value) => value.trimEnd())],
  ['strval', one((value) => value)],
  ['chr', (args) => String.fromCharCode(integer(args[0]) & 255)],
  ['ord', one((value) => String(value.charCodeAt(0) || 0))],
  ['dechex', (args) => integer(args[0]).toString(16)],
  ['hexdec', one((value) => String(Number.parseInt(value, 16) || 0))],
  ['octdec', one((value) => String(Number.parseInt(value, 8) || 0))],
  ['bindec', one((value) => String(Number.parseInt(value, 2) || 0))],
  ['intval', (args) => String(integer(args[0]))],
  ['strlen', one((value) => String(value.length))],
  ['pack', pack],
  ['implode', join],
  ['join', join],
  ['str_replace', (args, budget) => replaceAll(args, budget)],
  ['str_ireplace', (args, budget) => replaceAll(args, budget)],
  ['strtr', (args, budget) => translate(args, budget)],
  ['sprintf', (args) => sprintf(args)],
  ['str_repeat', repeat],
  ['substr', (args) => substr(text(args[0]), integer(args[1]), integer(args[2], 1 << 30))],
  ['explode', (args) => (text(args[0]) ? text(args[1]).split(text(args[0]), 65_536) : null)],
  ['str_split', (args) => pieces(text(args[0]), integer(args[1], 1))],
  [
    'array_reverse',
    (args) => (typeof args[0] === 'string' ? null : [...(args[0] ?? [])].reverse()),
  ],
  ['array_merge', (args) => args.flatMap((list) => (typeof list === 'string' ? [] : list))],
  [
    'array_diff',
    ([list, ...others]) => {
      if (list === undefined || typeof list === 'string') return null;
      const taken = new Set(others.flat());
      return list.filter((item) => !taken.has(item));
    },
  ],
  [
    'array_slice',
    (args) => {
      const [list, from, size] = args;
      if (list === undefined || typeof list === 'string') return null;
      const start = integer(from);
      return list.slice(start, size === undefined ? undefined : start + integer(size));
    },
  ],
  ['end', (args) => (typeof args[0] === 'string' ? null : (args[0]?.at(-1) ?? null))],
  ['reset', (args) => (typeof args[0] === 'string' ? null : (args[0]?.[0] ?? null))],
  ['current', (args) => (typeof args[0] === 'string' ? null : (args[0]?.[0] ?? null))],
]);
