import { api } from '#web/api.ts';
import { apiQuery } from '#web/api-query.ts';
import type { PlanChangeView, PlanOfferView } from '../../contract.ts';

/** Who looks: the client at their own package, or staff at a client's. */
export type By = 'client' | 'staff';

/** What changing a plan needs to know of a package. */
export type PlannedPackage = {
  id: string;
  state: string;
  planId: string;
  domainTitle: string;
  currency: string;
  periodEnd: string | null;
  components: readonly {
    id: string;
    name: { ru: string; en: string };
    state: string;
    refundable: boolean;
  }[];
};

export type { PlanChangeView, PlanOfferView };

/** The operations of the one who looks; they take and give the same. */
export function planQueries(by: By) {
  return by === 'staff' ? apiQuery.hosting.staffPlans : apiQuery.hosting.plans;
}

export function planCalls(by: By) {
  return by === 'staff' ? api.hosting.staffPlans : api.hosting.plans;
}
