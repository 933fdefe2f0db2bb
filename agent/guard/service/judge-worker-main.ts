import { lockDown } from '../../php/lock-down.ts';
import { PADDING } from '../lexer/lex-php.ts';
import { findCuts } from '../mend/find-cuts.ts';
import { readModel } from '../model/model.ts';
import { compileRules } from '../rules/compile-rules.ts';
import { judgeContent } from '../scan/judge-content.ts';
import { makeJudge, type Judge } from '../scan/judge-php.ts';
import { STANDARD_SET, type RuleSet } from '../scan/rule-set.ts';
import type { FromJudge, ToJudge } from './judge-messages.ts';

/**
 * Judges contents that the guard sends it. It reads no file, opens no connection, and belongs to
 * nobody: whatever a content does to it, the guard starts another.
 */
const model = readModel();
let judge = judgeBy(STANDARD_SET);

process.on('disconnect', () => process.exit(0));
process.on('SIGINT', () => undefined);
process.on('message', async (message: ToJudge) => {
  if (message.kind === 'setup') {
    lockDown(message.uid, message.codeFolders);
    judge = judgeBy(message.rules);
    return send({ kind: 'ready' });
  }
  if (message.kind === 'rules') {
    judge = judgeBy(message.rules);
    return;
  }
  const { id, name, content } = message;
  const by = judge; // other rules may come while an archive is unpacked
  const bytes = Buffer.concat([content, Buffer.alloc(PADDING)]);
  const verdict = await judgeContent(by, name, bytes, content.length);
  const cuts = verdict.actionable ? findCuts(by, bytes, content.length, verdict) : [];
  send({ kind: 'judged', id, judgement: { verdict, cuts } });
});

function judgeBy({ version, rules }: RuleSet): Judge {
  return makeJudge(compileRules(version, rules), model);
}

function send(message: FromJudge): void {
  process.send?.(message);
}
