import { refuse } from '#kit/refusal.ts';
import type { Ctx } from '#platform/context.ts';
import type { LegalDetails, Seller } from './seller.ts';
import { insertSeller, nextBranch, selectSeller } from './store.ts';

export type NewSeller = {
  /** Null for the operator itself, of which there is one. */
  parentId: string | null;
  name: string;
  zone: string;
  country: string;
  legal: LegalDetails;
};

/**
 * Adds a node to the seller tree. A child of the operator opens a branch of its own; everything
 * below it stays in that branch, so that a sale through the chain never leaves it.
 */
export async function createSeller(ctx: Ctx, input: NewSeller): Promise<Seller> {
  const parent = input.parentId === null ? null : await selectSeller(ctx, input.parentId);
  if (input.parentId !== null && !parent) refuse('seller-not-found', { field: 'parentId' });
  const branch = parent === null ? 0 : parent.depth === 0 ? await nextBranch(ctx) : parent.branch;
  const id = ctx.newId('sel', branch);
  const seller: Seller = {
    ...input,
    id,
    depth: parent ? parent.depth + 1 : 0,
    path: [...(parent?.path ?? []), id],
    branch,
  };
  await insertSeller(ctx, seller);
  return seller;
}
