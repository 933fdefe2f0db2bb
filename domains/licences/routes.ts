import { pageOf } from '#kit/page.ts';
import { refuse } from '#kit/refusal.ts';
import type { Ctx } from '#platform/context.ts';
import { serve } from '#platform/http/serve.ts';
import { brandIdsWithin } from '#domains/brands/index.ts';
import { ownSubscription } from '#domains/subscriptions/index.ts';
import { licencesContract } from './contract.ts';
import { deleteLicence, ownLicence } from './delete-licence.ts';
import { disownSurplus } from './disown-surplus.ts';
import { cancelStray, checkSupplier } from './find-strays.ts';
import { licenceView, staffViews, viewOf } from './licence-view.ts';
import type { Licence } from './licence.ts';
import { retryLicence } from './retry-licence.ts';
import { licencesOfSubscription, selectLicence, selectLicences } from './store.ts';
import { selectChecks, selectStrays } from './stray-store.ts';
import { changeSupplier, requireOperator, supplierViews } from './supplier-settings.ts';

export const licencesRoutes = serve(licencesContract, {
  ofSubscription: async (ctx, { subscriptionId }) => {
    const subscription = await ownSubscription(ctx, subscriptionId);
    const licences = await licencesOfSubscription(ctx, subscriptionId);
    return { items: licences.map((licence) => licenceView(licence, subscription)) };
  },
  get: async (ctx, { id }) => viewOf(ctx, await ownLicence(ctx, id)),
  delete: async (ctx, input) => viewOf(ctx, await deleteLicence(ctx, input)),
  admin: {
    list: async (ctx, { limit, ...filter }) => {
      const rows = await selectLicences(ctx, { ...filter, brandIds: await brandsOf(ctx), limit });
      const page = pageOf(rows, limit, (licence) => licence.id);
      return { items: await staffViews(ctx, page.items), next: page.next };
    },
    get: async (ctx, { id }) => staffView(ctx, await licenceOfStaff(ctx, id)),
    retry: async (ctx, { id }) => {
      await licenceOfStaff(ctx, id);
      return staffView(ctx, (await retryLicence(ctx, id)) ?? refuse('licence-nothing-to-do'));
    },
    disown: async (ctx, { id }) => {
      await licenceOfStaff(ctx, id);
      return staffView(ctx, await disownSurplus(ctx, id));
    },
    suppliers: {
      list: async (ctx) => ({ items: await supplierViews(ctx) }),
      save: async (ctx, change) => changeSupplier(ctx, change),
    },
    strays: {
      list: straysView,
      check: {
        outside: async (outside) => {
          await outside.transact(requireOperator);
          for (const { supplierId } of await outside.transact(selectChecks)) {
            await checkSupplier(outside, supplierId);
          }
          return outside.transact(straysView);
        },
      },
      cancel: {
        outside: async (outside, stray) => {
          await outside.transact(requireOperator);
          await cancelStray(outside, stray);
          return outside.transact(straysView);
        },
      },
    },
  },
});

async function brandsOf(ctx: Ctx): Promise<string[]> {
  return ctx.actor.kind === 'staff' ? brandIdsWithin(ctx, ctx.actor.sellerId) : [];
}

/** A licence of the actor's own seller tree; another's does not exist for them. */
async function licenceOfStaff(ctx: Ctx, id: string): Promise<Licence> {
  const licence = await selectLicence(ctx, id);
  if (!licence || !(await brandsOf(ctx)).includes(licence.brandId)) refuse('licence-not-found');
  return licence;
}

async function staffView(ctx: Ctx, licence: Licence) {
  const [view] = await staffViews(ctx, [licence]);
  if (!view) throw new Error(`licence ${licence.id} has no view`);
  return view;
}

async function straysView(ctx: Ctx) {
  await requireOperator(ctx);
  return {
    items: (await selectStrays(ctx)).map(({ foundAt, ...stray }) => ({
      ...stray,
      foundAt: foundAt.toString(),
    })),
    checks: (await selectChecks(ctx)).map((check) => ({
      supplierId: check.supplierId,
      checkedAt: check.checkedAt?.toString() ?? null,
      error: check.error,
    })),
  };
}
