import { money } from '#kit/money.ts';
import { pageOf } from '#kit/page.ts';
import { refuse } from '#kit/refusal.ts';
import { isBefore, localDate } from '#kit/term.ts';
import { serve } from '#platform/http/serve.ts';
import { moneyOf, moneyWire } from '#platform/http/wire.ts';
import { catalogContract } from './contract.ts';
import { changeDraft, deleteDraft, draftEdition } from './draft-edition.ts';
import type { EditionDraft } from './edition-draft.ts';
import type { Inclusion, PriceRow, Retirement } from './edition.ts';
import { listEditions, readEdition, staffEdition } from './edition-view.ts';
import { loadCatalogue } from './load-catalogue.ts';
import { createPromo, endPromo } from './manage-promos.ts';
import type { Promo } from './promo.ts';
import { selectPromos } from './promo-store.ts';
import { publishEdition } from './publish-edition.ts';
import { readGoods } from './read-goods.ts';
import { readShop } from './read-shop.ts';
import { saveComponent, savePlan, saveProduct } from './save-goods.ts';
import { staffSeller } from './staff-seller.ts';
import { unbundleComponent } from './unbundle-component.ts';

export const catalogRoutes = serve(catalogContract, {
  shop: { catalogue: (ctx) => readShop(ctx) },
  goods: {
    read: (ctx, input) => readGoods(ctx, input),
    saveProduct: async (ctx, input) => {
      const seller = await staffSeller(ctx);
      const retiredOn = dateOrNull(input.retiredOn);
      await saveProduct(ctx, { ...input, sellerId: seller.id, retiredOn });
      return { id: input.id };
    },
    savePlan: async (ctx, input) => {
      await savePlan(ctx, (await staffSeller(ctx)).id, input);
      return { id: input.id };
    },
    saveComponent: async (ctx, input) => {
      await saveComponent(ctx, { ...input, sellerId: (await staffSeller(ctx)).id });
      return { id: input.id };
    },
  },
  editions: {
    list: (ctx, input) => listEditions(ctx, input),
    get: (ctx, input) => readEdition(ctx, input),
    draft: async (ctx, input) => {
      const { id } = await draftEdition(ctx, (await staffSeller(ctx)).id, draftOf(input));
      return { id };
    },
    change: async (ctx, input) => {
      await staffEdition(ctx, input.id);
      await changeDraft(ctx, input.id, draftOf(input));
      return { id: input.id };
    },
    remove: async (ctx, { id }) => {
      await staffEdition(ctx, id);
      await deleteDraft(ctx, id);
      return { id };
    },
    unbundle: async (ctx, { componentId, ...input }) => {
      const seller = await staffSeller(ctx);
      const dates = datesOf(input);
      const prices = input.prices.map(pricedInMinor);
      const content = unbundleComponent(await loadCatalogue(ctx, seller.id), {
        componentId,
        effectiveOn: dates.effectiveOn,
        prices,
      });
      if (content.inclusions.length === 0) {
        refuse('component-not-included', { field: 'componentId' });
      }
      const { id } = await draftEdition(ctx, seller.id, { ...dates, ...content });
      return { id };
    },
    publish: async (ctx, { id }) => {
      await staffEdition(ctx, id);
      await publishEdition(ctx, id);
      return { id };
    },
  },
  promos: {
    list: async (ctx, { cursor, limit }) => {
      const seller = await staffSeller(ctx);
      const today = localDate(ctx.now, seller.zone);
      const rows = await selectPromos(ctx, { sellerId: seller.id, limit, cursor });
      const page = pageOf(rows, limit, (promo) => promo.id);
      return { items: page.items.map((promo) => promoWire(promo, today)), next: page.next };
    },
    create: async (ctx, { gives, ...input }) => {
      const promo = await createPromo(ctx, await staffSeller(ctx), {
        ...input,
        gives: gives.kind === 'percent' ? gives : { kind: 'amount', ...moneyOf(gives.amount) },
        validFrom: Temporal.PlainDate.from(input.validFrom),
        validUntil: dateOrNull(input.validUntil),
      });
      return { id: promo.id };
    },
    end: async (ctx, { id }) => {
      await endPromo(ctx, id);
      return { id };
    },
  },
});

type WireDates = Pick<EditionDraft, 'title' | 'noticeDays' | 'carryOver'> & {
  effectiveOn: string;
  existingOn: string | null;
};
type Priced<T> = Omit<T, 'monthlyMinor'> & { monthlyMinor: number };

function draftOf(
  input: WireDates & {
    prices: Priced<PriceRow>[];
    inclusions: Inclusion[];
    retirements: Retirement[];
  },
): EditionDraft {
  return {
    ...datesOf(input),
    prices: input.prices.map(pricedInMinor),
    inclusions: input.inclusions,
    retirements: input.retirements,
  };
}

function datesOf({ title, noticeDays, carryOver, effectiveOn, existingOn }: WireDates) {
  return {
    title,
    noticeDays,
    carryOver,
    effectiveOn: Temporal.PlainDate.from(effectiveOn),
    existingOn: dateOrNull(existingOn),
  };
}

function pricedInMinor<T extends { monthlyMinor: number }>(row: T) {
  return { ...row, monthlyMinor: BigInt(row.monthlyMinor) };
}

function dateOrNull(text: string | null): Temporal.PlainDate | null {
  return text === null ? null : Temporal.PlainDate.from(text);
}

function promoWire({ sellerId: _, gives, ...promo }: Promo, today: Temporal.PlainDate) {
  return {
    ...promo,
    gives:
      gives.kind === 'percent'
        ? gives
        : { kind: gives.kind, amount: moneyWire(money(gives.minor, gives.currency)) },
    productIds: [...promo.productIds],
    planIds: [...promo.planIds],
    terms: [...promo.terms],
    validFrom: promo.validFrom.toString(),
    validUntil: promo.validUntil?.toString() ?? null,
    phase: promoPhase(promo, today),
    endedAt: promo.endedAt?.toString() ?? null,
  };
}

function promoPhase(
  promo: Omit<Promo, 'sellerId' | 'gives'>,
  today: Temporal.PlainDate,
): 'to-come' | 'running' | 'used-up' | 'over' {
  if (promo.endedAt || (promo.validUntil && isBefore(promo.validUntil, today))) return 'over';
  if (promo.usesMax !== null && promo.uses >= promo.usesMax) return 'used-up';
  return isBefore(today, promo.validFrom) ? 'to-come' : 'running';
}
