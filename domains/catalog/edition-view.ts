import { money } from '#kit/money.ts';
import { isBefore, localDate } from '#kit/term.ts';
import type { Ctx } from '#platform/context.ts';
import { moneyWire } from '#platform/http/wire.ts';
import type { Edition } from './edition.ts';
import { editionDifferences } from './edition-differences.ts';
import { selectEditionMoments, selectEditions } from './edition-store.ts';
import { loadCatalogue } from './load-catalogue.ts';
import { staffSeller } from './staff-seller.ts';

/** The timeline of one seller's editions, drafts and withdrawn ones too. */
export async function listEditions(ctx: Ctx, asked: { sellerId?: string }) {
  const seller = await staffSeller(ctx, asked.sellerId);
  const today = localDate(ctx.now, seller.zone);
  const editions = await selectEditions(ctx, { sellerIds: [seller.id] });
  const moments = await selectEditionMoments(ctx, [seller.id]);
  return {
    today: today.toString(),
    items: editions.map((edition) => summaryOf(edition, moments.get(edition.id), today)),
  };
}

/** One edition with its content and what it changes against the catalogue without it. */
export async function readEdition(ctx: Ctx, { id }: { id: string }) {
  const edition = await staffEdition(ctx, id);
  const seller = await staffSeller(ctx, edition.sellerId);
  const moments = await selectEditionMoments(ctx, [seller.id]);
  const differences = editionDifferences(await loadCatalogue(ctx, seller.id), edition);
  return {
    ...summaryOf(edition, moments.get(id), localDate(ctx.now, seller.zone)),
    prices: edition.prices.map((row) => ({
      ...row,
      monthlyMinor: Number(row.monthlyMinor),
    })),
    inclusions: [...edition.inclusions],
    retirements: [...(edition.retirements ?? [])],
    differences: differences.map((difference) =>
      difference.kind === 'inclusion'
        ? difference
        : {
            ...difference,
            before: wireOf(difference.before, difference.currency),
            after: wireOf(difference.after, difference.currency),
          },
    ),
  };
}

function wireOf(minor: bigint | null, currency: string) {
  return minor === null ? null : moneyWire(money(minor, currency));
}

/** An edition of the staff's own seller or of one below; any other does not exist for them. */
export async function staffEdition(ctx: Ctx, id: string): Promise<Edition> {
  const [edition] = await selectEditions(ctx, { id });
  await staffSeller(ctx, edition?.sellerId ?? 'none', 'edition-not-found');
  return edition as Edition;
}

type Moments = { createdAt: Temporal.Instant; publishedAt: Temporal.Instant | null } | undefined;

function summaryOf(edition: Edition, moments: Moments, today: Temporal.PlainDate) {
  const items = new Map(edition.prices.map(({ item }) => [`${item.kind} ${item.id}`, item]));
  const addons = edition.inclusions.filter(({ mode }) => mode === 'addon');
  return {
    id: edition.id,
    no: edition.no,
    title: edition.title,
    effectiveOn: edition.effectiveOn.toString(),
    existingOn: edition.existingOn?.toString() ?? null,
    noticeDays: edition.noticeDays,
    carryOver: edition.carryOver ?? 'charge',
    state: edition.state,
    phase: phaseOf(edition, today),
    createdAt: moments?.createdAt.toString() ?? '',
    publishedAt: moments?.publishedAt?.toString() ?? null,
    items: [...items.values()],
    unbundled: [...new Set(addons.map(({ componentId }) => componentId))],
  };
}

function phaseOf(edition: Edition, today: Temporal.PlainDate) {
  if (edition.state !== 'published') return edition.state;
  return isBefore(today, edition.effectiveOn) ? ('planned' as const) : ('in-force' as const);
}
