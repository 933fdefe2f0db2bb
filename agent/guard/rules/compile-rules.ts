import { DENSE_NAMES } from '../model/dense-features.ts';
import { compileLiterals, type LiteralMatcher } from './literal-matcher.ts';
import { compilePattern, type LinearPattern } from './linear-pattern.ts';
import type { Condition, Rule } from './rule.ts';
import { compileTokens, type TokenPattern } from './token-pattern.ts';

export interface CompiledRules {
  version: string;
  rules: readonly Rule[];
  matcher: LiteralMatcher;
  /** Index in the matcher by text. */
  literalIds: ReadonlyMap<string, number>;
  patterns: ReadonlyMap<string, LinearPattern>;
  /** Patterns by the literal they are looked for from. */
  byAnchor: ReadonlyMap<number, readonly (readonly [string, LinearPattern])[]>;
  tokenPatterns: ReadonlyMap<string, TokenPattern>;
  columns: ReadonlyMap<string, number>;
}

/** Checks and prepares rules; throws with the rule's id for what cannot be run in linear time. */
export function compileRules(version: string, rules: readonly Rule[]): CompiledRules {
  const literalIds = new Map<string, number>();
  const patterns = new Map<string, LinearPattern>();
  const tokenPatterns = new Map<string, TokenPattern>();
  const columns = new Map(DENSE_NAMES.map((name, at) => [name, at] as const));
  const addLiteral = (text: string) => {
    const folded = text.toLowerCase();
    if (!literalIds.has(folded)) literalIds.set(folded, literalIds.size);
  };
  const ids = new Set<string>();
  for (const rule of rules) {
    if (ids.has(rule.id)) throw new Error(`Rule ${rule.id} stands twice.`);
    ids.add(rule.id);
    for (const condition of rule.when) {
      if ('literal' in condition) addLiteral(condition.literal);
      else if ('literals' in condition) condition.literals.forEach(addLiteral);
      else if ('pattern' in condition) {
        const pattern = compilePattern(condition.pattern);
        patterns.set(condition.pattern, pattern);
        addLiteral(pattern.anchor);
      } else if ('tokens' in condition) {
        tokenPatterns.set(condition.tokens, compileTokens(condition.tokens));
      } else checkColumn(rule, condition, columns);
    }
  }
  const matcher = compileLiterals([...literalIds.keys()]);
  const anchorOf = ([, { anchor }]: readonly [string, LinearPattern]) =>
    literalIds.get(anchor) as number;
  const byAnchor = Map.groupBy(patterns, anchorOf);
  return { version, rules, matcher, literalIds, patterns, byAnchor, tokenPatterns, columns };
}

/** What a later version of the guard may ask would hold of every file here. */
function checkColumn(rule: Rule, condition: Condition, columns: Map<string, number>): void {
  if (!('feature' in condition || 'fact' in condition)) {
    throw new Error(`Rule ${rule.id} has a condition of a kind that is not known.`);
  }
  if ('feature' in condition && condition.feature !== 'score' && !columns.has(condition.feature)) {
    throw new Error(`Rule ${rule.id} asks for feature ${condition.feature}, which is not known.`);
  }
}
