import { refuse } from '#kit/refusal.ts';
import type { Ctx } from '#platform/context.ts';
import { findSeller } from '#domains/sellers/index.ts';
import type { Edition } from './edition.ts';
import { checkDraft } from './edition-draft.ts';
import type { EditionDraft } from './edition-draft.ts';
import {
  deleteDraft as deleteStoredDraft,
  insertEdition,
  lockEdition,
  replaceDraft,
  selectEditions,
} from './edition-store.ts';
import { loadCatalogue } from './load-catalogue.ts';

/** Writes a change down without effect; it counts once it is published. */
export async function draftEdition(
  ctx: Ctx,
  sellerId: string,
  draft: EditionDraft,
): Promise<Edition> {
  const seller = await findSeller(ctx, sellerId);
  if (!seller) refuse('seller-not-found', { field: 'sellerId' });
  checkDraft(draft, await loadCatalogue(ctx, sellerId), sellerId);
  const edition: Edition = {
    ...draft,
    id: ctx.newId('edn', seller.branch),
    sellerId,
    no: null,
    state: 'draft',
  };
  await insertEdition(ctx, edition);
  return edition;
}

/** Replaces a draft, content and all. */
export async function changeDraft(ctx: Ctx, id: string, draft: EditionDraft): Promise<Edition> {
  const edition = await draftOf(ctx, id);
  checkDraft(draft, await loadCatalogue(ctx, edition.sellerId), edition.sellerId);
  const changed = { ...edition, ...draft };
  await replaceDraft(ctx, changed);
  return changed;
}

export async function deleteDraft(ctx: Ctx, id: string): Promise<void> {
  await draftOf(ctx, id);
  await deleteStoredDraft(ctx, id);
}

async function draftOf(ctx: Ctx, id: string): Promise<Edition> {
  await lockEdition(ctx, id);
  const [edition] = await selectEditions(ctx, { id });
  if (!edition) refuse('edition-not-found');
  if (edition.state !== 'draft') refuse('edition-not-draft');
  return edition;
}
