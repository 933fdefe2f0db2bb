import { createContext, useContext } from 'react';
import type { ApiClient } from '#web/api.ts';
import { api } from '#web/api.ts';
import { apiQuery } from '#web/api-query.ts';
import { adminPaths, clientPaths } from '#web/paths.ts';

/** Whose webhooks a screen shows: clients and staff have the same operations at two places. */
const SIDES = {
  client: {
    side: 'client',
    api: api.webhooks,
    query: apiQuery.webhooks,
    listHref: clientPaths.webhooks(),
    path: clientPaths.webhook,
  },
  admin: {
    side: 'admin',
    api: api.webhooks.admin,
    query: apiQuery.webhooks.admin,
    listHref: adminPaths.webhooks(),
    path: adminPaths.webhook,
  },
} as const;

export type Side = keyof typeof SIDES;

const SideContext = createContext<Side>('client');
export const SideProvider = SideContext.Provider;

export function useWebhooks() {
  return SIDES[useContext(SideContext)];
}

export type EndpointList = Awaited<ReturnType<ApiClient['webhooks']['list']>>;
export type EndpointView = EndpointList['items'][number];
export type OfferedEvent = EndpointList['events'][number];
export type DeliveryView = Awaited<
  ReturnType<ApiClient['webhooks']['deliveries']>
>['items'][number];
