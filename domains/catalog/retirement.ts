import { isBefore } from '#kit/term.ts';
import type { Catalogue } from './catalogue.ts';
import { findPlan, findProduct } from './catalogue.ts';
import type { Edition, Retirement } from './edition.ts';
import { newestFirst } from './edition.ts';
import type { Standing } from './standing.ts';

/** Whether anybody may buy the plan new on that day: the newest word on it counts. */
export function isOnSale(catalogue: Catalogue, planId: string, on: Temporal.PlainDate): boolean {
  for (const edition of editionsFor(catalogue, planId)) {
    const retirement = retirementIn(edition, planId);
    if (retirement && !isBefore(on, edition.effectiveOn)) return retirement.successorId === planId;
  }
  return true;
}

/**
 * The plan that a package of `planId` goes on with at that boundary: a retired plan's successor,
 * once the change reaches existing packages and the holder was told in time; else the plan itself,
 * which holders keep. A successor may be retired in its turn.
 */
export function planAt(catalogue: Catalogue, planId: string, standing: Standing): string {
  const seen = new Set([planId]);
  for (let at = planId; ;) {
    const next = successorOf(catalogue, at, standing);
    if (next === null || seen.has(next)) return at;
    seen.add(next);
    at = next;
  }
}

function successorOf(catalogue: Catalogue, planId: string, standing: Standing): string | null {
  for (const edition of editionsFor(catalogue, planId)) {
    const retirement = retirementIn(edition, planId);
    if (retirement && reaches(edition, standing)) return retirement.successorId;
  }
  return null;
}

/** Another plan is another thing, better or worse, so its holder is always told first. */
function reaches(edition: Edition, { subscribedOn, boundaryOn, noticed }: Standing): boolean {
  if (!isBefore(subscribedOn, edition.effectiveOn)) return true;
  const { existingOn } = edition;
  if (existingOn === null || isBefore(boundaryOn, existingOn)) return false;
  return noticed(edition, boundaryOn, subscribedOn);
}

function retirementIn(edition: Edition, planId: string): Retirement | undefined {
  return edition.retirements?.find((one) => one.planId === planId);
}

/** What is sold, and until when, is the word of the seller that delivers it. */
function editionsFor(catalogue: Catalogue, planId: string): readonly Edition[] {
  const productId = findPlan(catalogue, planId)?.productId ?? '';
  const sellerId = findProduct(catalogue, productId)?.sellerId;
  return sellerId ? newestFirst(catalogue.editions, sellerId) : [];
}
