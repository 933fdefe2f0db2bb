import { SINKS, SOURCES, type FactName } from '../flow/facts.ts';
import type { Flow } from '../flow/analyse-flow.ts';
import type { Counters } from '../flow/machine.ts';
import type { LexerState } from '../lexer/lexer-state.ts';
import { wordText } from '../lexer/word-table.ts';
import { wordGroup, WORDS, type WordGroup } from '../rules/words.ts';
import type { ByteShape } from './byte-shape.ts';
import type { Survey } from './survey.ts';

const SHAPE: readonly (keyof ByteShape)[] = [
  'entropy',
  'longestLine',
  'lines',
  'high',
  'control',
  'letters',
  'digits',
  'blanks',
  'symbols',
  'upper',
  'escapes',
  'blobs',
  'blobShare',
];
const SURVEY = [
  'valueCalls',
  'variableVariables',
  'silenced',
  'dynamicIncludes',
  'strangeIncludes',
  'stringBytes',
  'longestString',
  'strings',
  'variables',
  'names',
  'shortVariables',
  'concatenations',
  'jumps',
  'textBits',
  'codeStrings',
  'evalPatterns',
  'textNames',
  'fetches',
] as const satisfies readonly (keyof Survey)[];
const COUNTERS: readonly (keyof Counters)[] = [
  'variableCalls',
  'variableVariables',
  'builtNames',
  'foldedBytes',
  'decodedBytes',
  'dynamicNew',
  'xorText',
];
const FACTS: readonly FactName[] = [
  ...SINKS.flatMap((sink) => SOURCES.map((source) => `${sink}<-${source}` as const)),
  ...SINKS.flatMap((sink) => [`hidden:${sink}`, `layer:${sink}`] as const),
  'bare:code',
  'bare:shell',
  'bare:include',
  'bare:path',
  'argument<-request',
  'both<-request',
  'odd:include',
  'odd:write',
];
const GROUPS: readonly WordGroup[] = [
  'request',
  'upload',
  'server',
  'code',
  'shell',
  'callback',
  'write',
  'remove',
  'read',
  'net',
  'sql',
  'decode',
  'encode',
  'build',
  'system',
  'structure',
];
/** Those that mean something, in the order of their texts: ids depend on what was loaded first. */
const WORD_IDS = Object.values(WORDS)
  .flatMap((ids) => [...ids])
  .toSorted((a, b) => (wordText(a) < wordText(b) ? -1 : 1))
  .filter((id, at, all) => id !== all[at - 1]);

/** The same by group: a word counts for the first that has it. */
const GROUP_IDS = GROUPS.map((name) =>
  Uint16Array.from(WORD_IDS.filter((id) => wordGroup(id) === name)),
);

export const DENSE_NAMES: readonly string[] = [
  ...SHAPE.map((name) => `bytes:${name}`),
  ...SURVEY.map((name) => `tokens:${name}`),
  'size',
  'tokens',
  'tokensPerByte',
  'openTags',
  'commentShare',
  'htmlShare',
  'stringShare',
  'shortVariableShare',
  'silencedShare',
  'concatenationShare',
  'layers',
  'limit',
  'halted',
  ...COUNTERS.map((name) => `flow:${name}`),
  ...FACTS.map((name) => `fact:${name}`),
  ...GROUPS.flatMap((name) => [`group:${name}`, `density:${name}`]),
  ...WORD_IDS.map((id) => `word:${wordText(id)}`),
  'wordScore',
];
export const WORD_SCORE = DENSE_NAMES.length - 1;

export interface Measured {
  state: LexerState;
  survey: Survey;
  shape: ByteShape;
  flow: Flow;
  wordScore: number;
}

/** The numbers the trees judge by, in the order of `DENSE_NAMES`; counts as log2(1 + n). */
export function denseFeatures(measured: Measured): Float32Array {
  const { state, survey, shape, flow } = measured;
  const features = new Float32Array(DENSE_NAMES.length);
  let at = 0;
  const put = (value: number) => {
    features[at++] = value;
  };
  for (const name of SHAPE) put(isShare(name) ? shape[name] : logOf(shape[name]));
  for (const name of SURVEY) put(logOf(survey[name]));
  const tokens = state.tokens.count || 1;
  const size = state.length || 1;
  for (const count of [state.length, tokens]) put(logOf(count));
  put(tokens / size);
  put(logOf(state.openTags));
  for (const part of [state.commentBytes, state.htmlBytes, survey.stringBytes]) put(part / size);
  put(survey.shortVariables / (survey.variables || 1));
  put(survey.silenced / tokens);
  put(survey.concatenations / tokens);
  put(flow.layers.length);
  put(flow.limit || state.limit ? 1 : 0);
  put(state.haltedAt >= 0 ? 1 : 0);
  for (const name of COUNTERS) put(logOf(flow.counters[name]));
  for (const name of FACTS) put(logOf(flow.sheet.counts.get(name) ?? 0));
  putGroups(survey, tokens, put);
  for (const id of WORD_IDS) put(logOf(survey.counts[id] as number));
  put(measured.wordScore);
  return features;
}

function putGroups(survey: Survey, tokens: number, put: (value: number) => void): void {
  for (const ids of GROUP_IDS) {
    let sum = 0;
    for (const id of ids) sum += survey.counts[id] as number;
    put(logOf(sum));
    put((sum * 100) / tokens);
  }
}

function isShare(name: keyof ByteShape): boolean {
  return !['longestLine', 'lines', 'escapes', 'blobs'].includes(name);
}

const LOGS = Float64Array.from({ length: 256 }, (_, count) => Math.log2(1 + count));

function logOf(count: number): number {
  return LOGS[count] ?? Math.log2(1 + count);
}
