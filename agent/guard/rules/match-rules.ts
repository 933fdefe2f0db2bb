import type { FactSheet } from '../flow/facts.ts';
import type { TokenStream } from '../lexer/token-stream.ts';
import type { CompiledRules } from './compile-rules.ts';
import { findLiterals } from './literal-matcher.ts';
import { matchAt } from './linear-pattern.ts';
import type { Condition, Rule } from './rule.ts';
import { findTokens } from './token-pattern.ts';

/** What rules look at. `score` is the model's log-odds. */
export interface Subject {
  bytes: Uint8Array;
  length: number;
  layers: readonly string[];
  tokens: TokenStream;
  sheet: FactSheet;
  features: Float32Array;
  score: number;
}

export interface RuleHit {
  rule: Rule;
  /** Byte offset of what was found first, 0 where there is no place. */
  at: number;
}

export function matchRules(compiled: CompiledRules, subject: Subject): RuleHit[] {
  let places: Places | null = null;
  const look = () => (places ??= placesOf(compiled, subject));
  const hits: RuleHit[] = [];
  for (const rule of compiled.rules) {
    let at = 0;
    // What was measured already is asked first: bytes are looked through only where it may matter.
    if (!rule.when.every((condition) => mayHold(condition, compiled, subject))) continue;
    const holds = rule.when.every((condition) => {
      const place = placeOf(condition, compiled, subject, look);
      if (place > 0 && at === 0) at = place;
      return place >= 0;
    });
    if (holds) hits.push({ rule, at });
  }
  return hits;
}

interface Places {
  literals: Map<number, number>;
  patterns: Map<string, number>;
}

function placesOf(compiled: CompiledRules, subject: Subject): Places {
  const places: Places = { literals: new Map(), patterns: new Map() };
  const look = (bytes: Uint8Array, length: number) => {
    findLiterals(compiled.matcher, bytes, length, (id, at) => {
      if (!places.literals.has(id)) places.literals.set(id, at);
      for (const [source, pattern] of compiled.byAnchor.get(id) ?? []) {
        if (!places.patterns.has(source) && matchAt(pattern, bytes, at, length) >= 0) {
          places.patterns.set(source, at);
        }
      }
    });
  };
  look(subject.bytes, subject.length);
  for (const layer of subject.layers) {
    const bytes = Buffer.from(layer, 'latin1');
    look(bytes, bytes.length);
  }
  return places;
}

/** Where a condition holds, -1 when it does not. */
function placeOf(
  condition: Condition,
  compiled: CompiledRules,
  subject: Subject,
  look: () => Places,
): number {
  if ('fact' in condition) {
    const count = subject.sheet.counts.get(condition.fact) ?? 0;
    if (count < (condition.atLeast ?? 1)) return -1;
    return subject.sheet.facts.find((fact) => fact.name === condition.fact)?.at ?? 0;
  }
  const literalAt = (text: string) =>
    look().literals.get(compiled.literalIds.get(text.toLowerCase()) ?? -1) ?? -1;
  if ('literal' in condition) return literalAt(condition.literal);
  if ('literals' in condition) {
    const found = condition.literals.map(literalAt).filter((at) => at >= 0);
    return found.length >= condition.atLeast ? Math.min(...found) : -1;
  }
  if ('pattern' in condition) return look().patterns.get(condition.pattern) ?? -1;
  if ('tokens' in condition) {
    const pattern = compiled.tokenPatterns.get(condition.tokens);
    return pattern ? findTokens(pattern, subject.tokens) : -1;
  }
  return isWithin(condition, compiled, subject) ? 0 : -1;
}

/** Facts and features; true of what only the bytes or tokens can tell. */
function mayHold(condition: Condition, compiled: CompiledRules, subject: Subject): boolean {
  if ('fact' in condition) {
    return (subject.sheet.counts.get(condition.fact) ?? 0) >= (condition.atLeast ?? 1);
  }
  return !('feature' in condition) || isWithin(condition, compiled, subject);
}

function isWithin(
  { feature, atLeast, atMost }: Extract<Condition, { feature: string }>,
  compiled: CompiledRules,
  subject: Subject,
): boolean {
  const column = compiled.columns.get(feature);
  const value = column === undefined ? subject.score : (subject.features[column] as number);
  return value >= (atLeast ?? -Infinity) && value <= (atMost ?? Infinity);
}
