import type { GuardState } from './guard-state.ts';
import type { Target } from './inspect-file.ts';

/** Work on one file happens in turn. */
export async function inTurn<T>(
  { turns }: GuardState,
  { owner, path }: Pick<Target, 'owner' | 'path'>,
  task: () => Promise<T>,
): Promise<T> {
  const key = `${owner.accountRef}/${path.toString('hex')}`;
  const before = turns.get(key) ?? Promise.resolve();
  const turn = before.then(task);
  const quiet = turn.catch(() => undefined);
  turns.set(key, quiet);
  try {
    return await turn;
  } finally {
    if (turns.get(key) === quiet) turns.delete(key);
  }
}
