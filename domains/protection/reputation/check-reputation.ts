import type { AgendaItem } from '#platform/agenda.ts';
import type { Ctx, Outside } from '#platform/context.ts';
import { addressesOfPackages, allNodes } from '#domains/hosting/index.ts';
import { findSeller } from '#domains/sellers/index.ts';
import { checkZoneJob } from '../jobs.ts';
import { lookupThrough } from './ask-zone.ts';
import { isPublic, judgeZone, MUST_BE_LISTED, MUST_NOT_BE_LISTED } from './blacklist.ts';
import type { KnownAddress } from './listing.ts';
import { closeForeign, noteClear, noteListed } from '../listing-store.ts';
import {
  noteZone,
  selectNodeAddresses,
  selectReputation,
  selectZones,
  setNextCheck,
} from '../reputation-store.ts';

const AT_ONCE = 16;
const HOUR_MS = 3_600_000;

/** Once in so many hours of the wall clock every list is asked about every address. */
export const checkReputation: AgendaItem = {
  name: 'protection.check-reputation',
  nextDueAt: async (ctx) => {
    const { nextCheckAtMs } = await selectReputation(ctx);
    if (nextCheckAtMs > Date.now()) return null;
    return (await selectZones(ctx)).length > 0 ? ctx.now : null;
  },
  runDue: async (outside) => {
    await outside.transact(async (ctx) => {
      await beginCheck(ctx);
      const zones = await selectZones(ctx);
      await ctx.enqueue(checkZoneJob, ...zones.map(({ zone }) => ({ zone })));
    });
  },
};

/** Every list asked now, one after another. */
export async function checkNow(outside: Outside): Promise<void> {
  const zones = await outside.transact(async (ctx) => {
    await beginCheck(ctx);
    return selectZones(ctx);
  });
  for (const { zone } of zones) await checkZone(outside, zone);
}

async function beginCheck(ctx: Ctx): Promise<void> {
  const { everyHours } = await selectReputation(ctx);
  await setNextCheck(ctx, Date.now() + everyHours * HOUR_MS);
  const addresses = await knownAddresses(ctx);
  await closeForeign(
    ctx,
    addresses.map(({ address }) => address),
  );
}

/** Tests one list and, if it works, asks it about every address that could be on it. */
export async function checkZone(outside: Outside, zone: string): Promise<void> {
  const { resolvers, addresses } = await outside.transact(async (ctx) => ({
    resolvers: (await selectReputation(ctx)).resolvers,
    addresses: await knownAddresses(ctx),
  }));
  const lookup = lookupThrough(resolvers);
  const [listed, notListed] = await Promise.all([
    lookup.ask(MUST_BE_LISTED, zone),
    lookup.ask(MUST_NOT_BE_LISTED, zone),
  ]);
  const judged = judgeZone(listed, notListed);
  await outside.transact((ctx) => noteZone(ctx, zone, judged));
  if (judged.state !== 'working') return;
  const asked = addresses.filter(({ address }) => isPublic(address));
  for (let start = 0; start < asked.length; start += AT_ONCE) {
    const some = asked.slice(start, start + AT_ONCE);
    const answers = await Promise.all(
      some.map(async (at) => {
        const says = await lookup.ask(at.address, zone);
        const reason = says?.kind === 'listed' ? await lookup.reason(at.address, zone) : null;
        return { at, says, reason };
      }),
    );
    await outside.transact(async (ctx) => {
      for (const { at, says, reason } of answers) {
        if (says?.kind === 'listed') await noteListed(ctx, { at, zone, codes: says.codes, reason });
        // No answer, or a refusal, says nothing of the address: what was known stays.
        if (says?.kind === 'clear') await noteClear(ctx, at, zone);
      }
    });
  }
}

/** Addresses of all nodes: those that staff wrote down, and those of packages. */
export async function knownAddresses(ctx: Ctx): Promise<KnownAddress[]> {
  const branches = new Map<string, number>();
  for (const { id, sellerId } of await allNodes(ctx)) {
    branches.set(id, (await findSeller(ctx, sellerId))?.branch ?? 0);
  }
  const own = (await selectNodeAddresses(ctx)).map((one) => ({
    ...one,
    packageId: null,
    domainName: null,
  }));
  const all = [...(await addressesOfPackages(ctx)), ...own];
  const byAddress = new Map(all.map((one) => [one.address, one]));
  return [...byAddress.values()].flatMap((one) => {
    const branch = branches.get(one.nodeId);
    return branch === undefined ? [] : [{ ...one, branch }];
  });
}
