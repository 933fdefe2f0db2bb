import { refuse } from '#kit/refusal.ts';
import type { Ctx, Outside } from '#platform/context.ts';
import { refreshFigures } from './account-figures-store.ts';
import { answered, engineOf } from './connect-engine.ts';
import type { FindingBytes } from './protection-engine.ts';
import { factOf, protectionFindingChanged } from './events.ts';
import type { Finding } from './finding.ts';
import { lockFinding, saveFindings } from './finding-store.ts';

type Find = (ctx: Ctx) => Promise<Finding>;

/**
 * Restores a finding's file as it was found, or says that it is to be left alone. Asked again, it is
 * as it was asked for. What is left for a server that calls us comes back as it was. Refuses `finding-not-restorable`, `finding-gone`, `engine-…`.
 */
export async function actOnFinding(
  outside: Outside,
  find: Find,
  verb: 'restore' | 'ignore',
): Promise<Finding> {
  const { finding, engine } = await outside.transact(async (ctx) => {
    const found = await find(ctx);
    if (found.state === 'gone') refuse('finding-gone');
    if (verb === 'restore' && !isRestorable(found)) refuse('finding-not-restorable');
    return { finding: found, engine: await engineOf(ctx, found.nodeId, verb, outside) };
  });
  const answer = await engine[verb](finding.engineRef);
  if (answer.kind === 'waiting') return finding;
  const { state } = answered(answer);
  return outside.transact(async (ctx) => {
    const locked = await lockFinding(ctx, finding.id);
    if (!locked) throw new Error(`finding ${finding.id} is gone`);
    if (locked.state === state) return locked;
    const changed: Finding = { ...locked, state };
    await saveFindings(ctx, [changed]);
    await ctx.announce(protectionFindingChanged, factOf(changed, ctx.now.toString()));
    const { branch, accountId } = changed;
    if (accountId !== null) await refreshFigures(ctx, [{ branch, accountId }]);
    return changed;
  });
}

/** What was taken out or put away may be brought back as long as the node keeps it. */
export function isRestorable({ state, restorableUntil }: Finding): boolean {
  return state === 'restored' || (state === 'mended' && restorableUntil !== null);
}

/** The removed or offending bytes of a finding, asked of its node now. */
export async function readFindingBytes(
  outside: Outside,
  find: Find,
  from: { offset: number; limit: number },
): Promise<FindingBytes> {
  const { finding, engine } = await outside.transact(async (ctx) => {
    const found = await find(ctx);
    return { finding: found, engine: await engineOf(ctx, found.nodeId, 'bytes', outside) };
  });
  return answered(await engine.readBytes(finding.engineRef, from));
}
