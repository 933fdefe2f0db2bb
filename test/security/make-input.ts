import { z } from 'zod';
import type { Operation } from './operations.ts';

/** Ids of the victim's things by prefix: `inv` → `inv_…`. */
export type VictimIds = Readonly<Record<string, string>>;

/** What a field of this name is filled with, wherever its shape allows it. */
export type Words = Readonly<Record<string, unknown>>;

/** `bare`: what the schema requires; `full`: every field there is, so every filter is used. */
export type Fullness = 'bare' | 'full';

type Schema = {
  type?: string;
  const?: unknown;
  enum?: unknown[];
  examples?: unknown[];
  default?: unknown;
  format?: string;
  pattern?: string;
  minLength?: number;
  minimum?: number;
  maximum?: number;
  minItems?: number;
  properties?: Record<string, Schema>;
  required?: string[];
  items?: Schema;
  anyOf?: Schema[];
  oneOf?: Schema[];
};

const FORMATS: Readonly<Record<string, string>> = {
  date: '2023-01-10',
  'date-time': '2023-01-10T09:00:00Z',
  email: 'somebody@example.test',
  uuid: '00000000-0000-4000-8000-000000000000',
  uri: 'https://example.test/',
};
/** Tried one after the other where a pattern is asked for. */
const TEXTS = [
  '2023-01',
  '2023-01-10',
  '09:00',
  'RU',
  'RUB',
  'abc',
  'ABC',
  '/account',
  '#112233',
  '123456',
  '+7 900 000 00 00',
];

/**
 * An input that an operation takes, made from its schema, with the victim's ids in every place that
 * wants one. Throws when it cannot: then a word has to be added for the field it names.
 */
export function makeInput(
  operation: Operation,
  ids: VictimIds,
  words: Words,
  fullness: Fullness,
): unknown {
  const schema = z.toJSONSchema(operation.input, { io: 'input', unrepresentable: 'any' }) as Schema;
  const make = (part: Schema, name: string): unknown => {
    const word = words[`${operation.name}.${name}`] ?? words[name];
    const [example] = part.examples ?? [];
    if (typeof example === 'string' && /^[a-z]{2,4}_/.test(example)) {
      return idOf(example.split('_', 1)[0] ?? '');
    }
    if (part.const !== undefined) return part.const;
    if (part.enum) return part.enum[0];
    const [choice] = part.anyOf ?? part.oneOf ?? [];
    if (choice) return make(choice, name);
    if (word !== undefined && wordFits(part, word)) return word;
    if (part.type === 'object') return makeObject(part);
    if (part.type === 'array') return makeArray(part, name);
    if (part.type === 'boolean') return true;
    if (part.type === 'integer' || part.type === 'number') return Math.max(part.minimum ?? 1, 1);
    if (part.type === 'string') return makeText(part);
    return {};
  };
  const idOf = (prefix: string): string => {
    // Some things a seller has too, beside its clients.
    const sellers = operation.access.who === 'staff' ? ids[`seller ${prefix}`] : undefined;
    const id = sellers ?? ids[prefix];
    if (!id) throw new Error(`${operation.name}: the victim has nothing of the kind ${prefix}_…`);
    return id;
  };
  const makeObject = (part: Schema): unknown => {
    const names = Object.keys(part.properties ?? {}).filter(
      (name) => name !== 'cursor' && (fullness === 'full' || part.required?.includes(name)),
    );
    return Object.fromEntries(
      names.map((name) => [name, make(part.properties?.[name] ?? {}, name)]),
    );
  };
  const makeArray = (part: Schema, name: string): unknown[] =>
    part.items && (fullness === 'full' || (part.minItems ?? 0) > 0) ? [make(part.items, name)] : [];
  const input = make(schema, '');
  const fits = operation.input.safeParse(input);
  if (!fits.success) {
    throw new Error(`${operation.name}: ${JSON.stringify(input)}: ${z.prettifyError(fits.error)}`);
  }
  return input;
}

function wordFits({ type, pattern }: Schema, word: unknown): boolean {
  if (type === 'object' || type === 'array') return false;
  return typeof word !== 'string' || new RegExp(pattern ?? '', 'u').test(word);
}

function makeText(part: Schema): string {
  const known = FORMATS[part.format ?? ''];
  if (known) return known;
  const pattern = new RegExp(part.pattern ?? '', 'u');
  const padded = TEXTS.map((text) => text.padEnd(part.minLength ?? 0, 'x'));
  return padded.find((text) => pattern.test(text)) ?? '';
}
