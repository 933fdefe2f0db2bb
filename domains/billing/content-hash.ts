import { hash } from 'node:crypto';
import { temporalText } from '#kit/temporal-text.ts';

/** A digest of plain data in which the order of keys does not matter; dates and bigints as text. */
export function contentHash(content: unknown): string {
  return hashOfText(canonical(content));
}

export function hashOfText(text: string): string {
  return hash('sha256', text, 'hex');
}

/** The text so far. A quote has hundreds of values: one text grows, nothing is put together twice. */
let written = '';

function canonical(content: unknown): string {
  written = '';
  write(content);
  const text = written;
  written = '';
  return text;
}

function write(value: unknown): void {
  if (typeof value === 'string') written += JSON.stringify(value);
  else if (typeof value === 'bigint') written += `"${value}"`;
  else if (value === undefined) written += 'null';
  else if (typeof value !== 'object' || value === null) written += JSON.stringify(value);
  else if (value instanceof Temporal.PlainDate || value instanceof Temporal.Instant) {
    written += `"${temporalText(value)}"`;
  } else if (Array.isArray(value)) writeArray(value);
  else writeObject(value as Record<string, unknown>);
}

function writeArray(values: readonly unknown[]): void {
  let before = '[';
  for (const value of values) {
    written += before;
    write(value);
    before = ',';
  }
  written += values.length === 0 ? '[]' : ']';
}

function writeObject(value: Record<string, unknown>): void {
  let before = '{';
  for (const { key, label } of sortedKeys(value)) {
    const item = value[key];
    if (item === undefined) continue;
    written += before;
    written += label;
    write(item);
    before = ',';
  }
  written += before === '{' ? '{}' : '}';
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
