import { lockDown } from '../../php/lock-down.ts';
import { PADDING } from '../lexer/lex-php.ts';
import { findCuts } from '../mend/find-cuts.ts';
import { readModel } from '../model/model.ts';
import { compileRules } from '../rules/compile-rules.ts';
import { STANDARD_RULES, STANDARD_VERSION } from '../rules/standard-rules.ts';
import { judgeContent } from '../scan/judge-content.ts';
import { makeJudge } from '../scan/judge-php.ts';
import type { FromJudge, ToJudge } from './judge-messages.ts';

/**
 * Judges contents that the guard sends it. It reads no file, opens no connection, and belongs to
 * nobody: whatever a content does to it, the guard starts another.
 */
const judge = makeJudge(compileRules(STANDARD_VERSION, STANDARD_RULES), readModel());

process.on('disconnect', () => process.exit(0));
process.on('SIGINT', () => undefined);
process.on('message', async (message: ToJudge) => {
  if (message.kind === 'setup') {
    lockDown(message.uid, message.codeFolders);
    return send({ kind: 'ready' });
  }
  const { id, name, content } = message;
  const bytes = Buffer.concat([content, Buffer.alloc(PADDING)]);
  const verdict = await judgeContent(judge, name, bytes, content.length);
  const cuts = verdict.actionable ? findCuts(judge, bytes, content.length, verdict) : [];
  send({ kind: 'judged', id, judgement: { verdict, cuts } });
});

function send(message: FromJudge): void {
  process.send?.(message);
}
