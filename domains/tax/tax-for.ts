import type { Ctx } from '#platform/context.ts';
import { selectRates } from './store.ts';
import { taxPlace, taxTerms } from './tax-terms.ts';
import type { TaxQuestion, TaxTerms } from './tax-terms.ts';

/** What a sale of that day is taxed with. Countries are ISO 3166-1 alpha-2. */
export async function taxFor(ctx: Ctx, question: TaxQuestion): Promise<TaxTerms> {
  return taxTerms(await selectRates(ctx, taxPlace(question)), question);
}
