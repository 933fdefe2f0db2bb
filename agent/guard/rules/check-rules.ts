import { PADDING } from '../lexer/lex-php.ts';
import type { Model } from '../model/model.ts';
import { examinePhp, hitsOf, makeJudge } from '../scan/judge-php.ts';
import { compileRules } from './compile-rules.ts';
import type { Rule } from './rule.ts';

export interface RuleFault {
  rule: string;
  fault: 'must-hit' | 'must-miss';
  text: string;
}

/**
 * Runs each rule's own texts: every `hit` must be found by it, no `miss` by it. The score is taken
 * as certain, so that conditions on it do not hide a fault of the rest. Texts stand behind
 * `return;`: as PHP they would do nothing.
 */
export function checkRules(rules: readonly Rule[], model: Model | null): RuleFault[] {
  const judge = makeJudge(compileRules('check', rules), model);
  const hits = (rule: Rule, text: string): boolean => {
    const source = `<?php return;\n${text}\n`;
    const bytes = Buffer.concat([Buffer.from(source, 'latin1'), Buffer.alloc(PADDING)]);
    const length = bytes.length - PADDING;
    const examined = examinePhp(judge, bytes, length);
    if (!examined) return false;
    return hitsOf(judge, examined, bytes, length, 99).some((hit) => hit.rule.id === rule.id);
  };
  return rules.flatMap((rule): RuleFault[] => [
    ...rule.hit
      .filter((text) => !hits(rule, text))
      .map((text) => ({ rule: rule.id, fault: 'must-hit' as const, text })),
    ...rule.miss
      .filter((text) => hits(rule, text))
      .map((text) => ({ rule: rule.id, fault: 'must-miss' as const, text })),
  ]);
}
