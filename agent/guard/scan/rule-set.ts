import { STANDARD_RULES, STANDARD_VERSION } from '../rules/standard-rules.ts';
import type { CompiledRules } from '../rules/compile-rules.ts';
import type { Rule } from '../rules/rule.ts';

/** Rules as they are handed to a process that may read no pack: checked before, compiled there. */
export interface RuleSet {
  version: string;
  rules: readonly Rule[];
}

/** The rules that come with the program. */
export const STANDARD_SET: RuleSet = { version: STANDARD_VERSION, rules: STANDARD_RULES };

export function ruleSetOf({ version, rules }: CompiledRules): RuleSet {
  return { version, rules };
}
