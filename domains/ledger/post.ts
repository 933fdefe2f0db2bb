import type { Ctx } from '#platform/context.ts';
import { enter, openJournal, saveJournal } from './journal.ts';
import { movementOf } from './posting.ts';
import type { Posting } from './posting.ts';

/**
 * Posts a balanced movement, once per cause: a second call with the cause says `already` and
 * changes nothing. Refuses `balance-too-low` or `wallet-too-low` (params `missingMinor`,
 * `missing` in decimals, `currency`) before it has written anything, so a caller may catch that and go on.
 */
export async function post(ctx: Ctx, posting: Posting): Promise<'posted' | 'already'> {
  const movement = movementOf(posting);
  const journal = await openJournal(ctx, [movement]);
  const shortage = enter(journal, [movement]);
  if (shortage) throw shortage.refusal;
  if (journal.entered.length === 0) return 'already';
  await saveJournal(ctx, journal);
  return 'posted';
}
