import { PADDING } from '../lexer/lex-php.ts';
import { readModel } from '../model/model.ts';
import { compileRules } from '../rules/compile-rules.ts';
import { STANDARD_RULES, STANDARD_VERSION } from '../rules/standard-rules.ts';
import { judgeContent } from '../scan/judge-content.ts';
import { makeJudge, type Judge } from '../scan/judge-php.ts';
import type { Verdict } from '../scan/verdict.ts';

/** The judge as it is shipped. */
export function shippedJudge(): Judge {
  return makeJudge(compileRules(STANDARD_VERSION, STANDARD_RULES), readModel());
}

/** Judges a text of one character per byte under a name. */
export async function judgeText(judge: Judge, text: string, name = 'index.php'): Promise<Verdict> {
  return judgeBytes(judge, Buffer.from(text, 'latin1'), name);
}

export async function judgeBytes(judge: Judge, content: Buffer, name: string): Promise<Verdict> {
  const bytes = Buffer.concat([content, Buffer.alloc(PADDING)]);
  return judgeContent(judge, name, bytes, content.length);
}
