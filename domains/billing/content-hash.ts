import { hash } from 'node:crypto';
import { temporalText } from '#kit/temporal-text.ts';

/** A digest of plain data in which the order of keys does not matter; dates and bigints as text. */
export function contentHash(content: unknown): string {
  return hashOfText(canonical(content));
}

export function hashOfText(text: string): string {
  return hash('sha256', text, 'hex');
}

/** Stands for a value that is known later. */
export const HOLE = Symbol('hole');
/** Strings are written as JSON, in which this character is escaped. */
const HOLE_TEXT = '\u0000';

/** The text that the digest is taken of, around its holes. */
export function contentAround(content: unknown): string[] {
  return canonical(content).split(HOLE_TEXT);
}

function canonical(value: unknown): string {
  if (typeof value === 'string') return JSON.stringify(value);
  if (typeof value === 'bigint') return `"${value}"`;
  if (value === undefined) return 'null';
  if (value === HOLE) return HOLE_TEXT;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  if (Array.isArray(value)) return `[${value.map(canonical).join()}]`;
  if (value instanceof Temporal.PlainDate || value instanceof Temporal.Instant) {
    return `"${temporalText(value)}"`;
  }
  return canonicalObject(value as Record<string, unknown>);
}

/** A document has hundreds of values and a renewal run thousands of documents: no arrays here. */
function canonicalObject(value: Record<string, unknown>): string {
  let text = '';
  for (const { key, label } of sortedKeys(value)) {
    const item = value[key];
    if (item === undefined) continue;
    text += text === '' ? label : `,${label}`;
    text += canonical(item);
  }
  return `{${text}}`;
}

type Kind = { keys: readonly string[]; sorted: readonly { key: string; label: string }[] };

/** Objects of one kind come by the thousand: their keys are sorted once. */
const KINDS_MAX = 1000;
const kinds = new Map<string, Kind>();

function sortedKeys(value: Record<string, unknown>): Kind['sorted'] {
  const keys = Object.keys(value);
  const place = `${keys.length} ${keys[0]} ${keys.at(-1)}`;
  const known = kinds.get(place);
  if (known?.keys.every((key, index) => key === keys[index])) return known.sorted;
  const sorted = keys.toSorted().map((key) => ({ key, label: `${JSON.stringify(key)}:` }));
  if (kinds.size >= KINDS_MAX) kinds.clear();
  kinds.set(place, { keys, sorted });
  return sorted;
}
