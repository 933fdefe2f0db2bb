import { Taint } from './value.ts';

/** What a value reaches that makes it dangerous. */
export const SINKS = [
  'code', // eval and its kin
  'shell',
  'call', // the name of a called function
  'callback',
  'include',
  'write',
  'path', // the name of a written file
  'script', // a written file that a server runs
  'read',
  'remove',
  'mail',
  'sql',
  'net',
  'unserialize',
  'variables', // extract, parse_str, $$name
  'output',
  'account', // users and logins of the site's software
] as const;
export type Sink = (typeof SINKS)[number];

export const SOURCES = [
  'request',
  'upload',
  'file',
  'net',
  'decoded',
  'ambient',
  'parameter',
  'server',
  'built',
  'session',
  'indirect',
  'spelt',
  'secret',
  'dynamic', // not constant
] as const;
export type Source = (typeof SOURCES)[number];

/** `sink<-source`, as rules write it; `hidden:sink` when the function's own name was put together. */
export type FactName =
  | `${Sink}<-${Source}`
  | `hidden:${Sink}`
  | `layer:${Sink}`
  /** The request alone says what it is: no constant before it, no function of another file between. */
  | `bare:${Sink}`
  /** Where no legitimate file does so: an image or a temporary file run, secrets kept as a picture. */
  | 'odd:include'
  | 'odd:write'
  /** What was fetched is shown as it is. */
  | 'odd:output'
  | 'argument<-request'
  /** One call whose function and argument are both the request's. */
  | 'both<-request';

export interface Fact {
  name: FactName;
  /** Byte offset of the call, in the file or in a decoded layer. */
  at: number;
  /** 0 for the file itself, 1 and up for code found in its constants. */
  layer: number;
}

/** Reached by the request in code that a constant held. */
const HIDDEN_IN_LAYERS = new Set<Sink>(['shell', 'call', 'include']);
const BARE = new Set<Sink>(['code', 'shell', 'include', 'path']);
const MOST_FACTS = 2000;

/** A sink's facts by the source's bit, in the order of `SOURCES`. */
interface SinkNames {
  bySource: readonly { bit: number; name: FactName }[];
  dynamic: FactName;
}
const namesOf = (sink: Sink): SinkNames => ({
  bySource: SOURCES.flatMap((source) =>
    source === 'dynamic' ? [] : [{ bit: Taint[source], name: `${sink}<-${source}` as const }],
  ),
  dynamic: `${sink}<-dynamic`,
});
const NAMES = Object.fromEntries(SINKS.map((sink) => [sink, namesOf(sink)])) as Record<
  Sink,
  SinkNames
>;
const ANY_SOURCE = NAMES.code.bySource.reduce((bits, { bit }) => bits | bit, 0);

export interface FactSheet {
  facts: Fact[];
  counts: Map<FactName, number>;
}

export function makeFactSheet(): FactSheet {
  return { facts: [], counts: new Map() };
}

export function note(sheet: FactSheet, name: FactName, at: number, layer: number): void {
  const count = sheet.counts.get(name) ?? 0;
  sheet.counts.set(name, count + 1);
  if (count < 20 && sheet.facts.length < MOST_FACTS) sheet.facts.push({ name, at, layer });
}

export function noteTaint(
  sheet: FactSheet,
  sink: Sink,
  taint: number,
  isConstant: boolean,
  at: number,
  layer: number,
): void {
  if (layer > 0 && taint & Taint.request && HIDDEN_IN_LAYERS.has(sink)) {
    note(sheet, `layer:${sink}`, at, layer);
  }
  if (taint & (Taint.request | Taint.upload) && !(taint & Taint.led) && BARE.has(sink)) {
    note(sheet, `bare:${sink}`, at, layer);
  }
  const { bySource, dynamic } = NAMES[sink];
  if (taint & ANY_SOURCE) {
    for (const { bit, name } of bySource) if (taint & bit) note(sheet, name, at, layer);
  }
  if (!isConstant) note(sheet, dynamic, at, layer);
}
