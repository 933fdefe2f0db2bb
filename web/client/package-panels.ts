import type { ComponentType } from 'react';
import type { ApiClient } from '../api.ts';

/** A package as the client's API gives it. */
export type PackageView = Awaited<ReturnType<ApiClient['subscriptions']['get']>>;
export type PackageComponent = PackageView['components'][number];

/**
 * What other domains show on a package's page. A new panel is one line here; panels of one place
 * stand in the order of the lines.
 */
export type PackagePanel = {
  id: string;
  /** `top`: what happens now; `main`: below the components; `side`: the column of facts. */
  place: 'top' | 'main' | 'side';
  panel: () => Promise<ComponentType<{ subscription: PackageView }>>;
};

export const packagePanels: readonly PackagePanel[] = [
  {
    id: 'delivery',
    place: 'top',
    panel: () =>
      import('#domains/hosting/screens/client/delivery-panel.tsx').then((m) => m.DeliveryPanel),
  },
  {
    id: 'hosting',
    place: 'top',
    panel: () =>
      import('#domains/hosting/screens/client/hosting-panel.tsx').then((m) => m.HostingPanel),
  },
  {
    id: 'renewal',
    place: 'side',
    panel: () =>
      import('#domains/orders/screens/client/renewal-panel.tsx').then((m) => m.RenewalPanel),
  },
  {
    id: 'protection',
    place: 'main',
    panel: () =>
      import('#domains/protection/screens/client/protection-panel.tsx').then(
        (m) => m.ProtectionPanel,
      ),
  },
  {
    id: 'licences',
    place: 'main',
    panel: () =>
      import('#domains/licences/screens/client/licence-panel.tsx').then((m) => m.LicencePanel),
  },
  {
    id: 'plan',
    place: 'main',
    panel: () => import('#domains/orders/screens/plan/plan-panel.tsx').then((m) => m.PlanPanel),
  },
  {
    id: 'add-ons',
    place: 'main',
    panel: () =>
      import('#domains/orders/screens/client/add-ons-panel.tsx').then((m) => m.AddOnsPanel),
  },
];

/** What may be done with a component of one kind, beside its row: managing a licence. */
export type ComponentAction = {
  kind: PackageComponent['kind'];
  action: () => Promise<ComponentType<{ subscription: PackageView; component: PackageComponent }>>;
};

export const componentActions: readonly ComponentAction[] = [
  {
    kind: 'licence',
    action: () =>
      import('#domains/licences/screens/client/manage-licence.tsx').then((m) => m.ManageLicence),
  },
];
