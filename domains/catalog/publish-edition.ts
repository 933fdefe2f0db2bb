import { refuse } from '#kit/refusal.ts';
import { isBefore, localDate } from '#kit/term.ts';
import type { Ctx } from '#platform/context.ts';
import { findSeller } from '#domains/sellers/index.ts';
import type { Seller } from '#domains/sellers/index.ts';
import type { Edition } from './edition.ts';
import { checkDraft } from './edition-draft.ts';
import { lockEdition, markPublished, markWithdrawn, selectEditions } from './edition-store.ts';
import { editionPublished, editionWithdrawn } from './events.ts';
import { loadCatalogue } from './load-catalogue.ts';
import { bumpRevision } from './store.ts';

/**
 * Makes a draft count from its dates on, for good. It may not reach into the past, where people
 * have bought already; only a seller's first edition may, because before it nothing was sold.
 */
export async function publishEdition(ctx: Ctx, id: string): Promise<Edition> {
  // The revision row serialises all changes, so that numbers are given one after another.
  await bumpRevision(ctx);
  const { edition, seller } = await editionFor(ctx, id);
  if (edition.state !== 'draft') refuse('edition-not-draft');
  const { prices, inclusions, retirements = [] } = edition;
  if (prices.length + inclusions.length + retirements.length === 0) refuse('edition-empty');
  const catalogue = await loadCatalogue(ctx, seller.id);
  checkDraft(edition, catalogue, seller.id);
  const isFirst = !catalogue.editions.some((other) => other.sellerId === seller.id);
  if (!isFirst && isBefore(edition.effectiveOn, today(ctx, seller))) {
    refuse('edition-starts-in-the-past', { field: 'effectiveOn' });
  }
  const no = await markPublished(ctx, edition.id, seller.id);
  // The catalogue read above lacks this edition and is kept under a revision it now belongs to.
  await bumpRevision(ctx);
  const published: Edition = { ...edition, no, state: 'published' };
  await ctx.announce(editionPublished, factOf(published, seller));
  return published;
}

/** Takes a published change back while it holds for nobody yet; later, another one corrects it. */
export async function withdrawEdition(ctx: Ctx, id: string): Promise<Edition> {
  await bumpRevision(ctx);
  const { edition, seller } = await editionFor(ctx, id);
  if (edition.state !== 'published') refuse('edition-not-published');
  if (!isBefore(today(ctx, seller), edition.effectiveOn)) refuse('edition-in-force');
  await markWithdrawn(ctx, edition.id);
  const withdrawn: Edition = { ...edition, state: 'withdrawn' };
  await ctx.announce(editionWithdrawn, factOf(withdrawn, seller));
  return withdrawn;
}

async function editionFor(ctx: Ctx, id: string): Promise<{ edition: Edition; seller: Seller }> {
  await lockEdition(ctx, id);
  const [edition] = await selectEditions(ctx, { id });
  const seller = edition && (await findSeller(ctx, edition.sellerId));
  if (!edition || !seller) refuse('edition-not-found');
  return { edition, seller };
}

function today(ctx: Ctx, seller: Seller): Temporal.PlainDate {
  return localDate(ctx.now, seller.zone);
}

function factOf(edition: Edition, seller: Seller) {
  return {
    branch: seller.branch,
    subject: edition.id,
    payload: {
      sellerId: edition.sellerId,
      no: edition.no ?? 0,
      title: edition.title,
      effectiveOn: edition.effectiveOn.toString(),
      existingOn: edition.existingOn?.toString() ?? null,
      noticeDays: edition.noticeDays,
    },
  };
}
