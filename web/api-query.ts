import { createTanstackQueryUtils } from '@orpc/tanstack-query';
import { api } from './api.ts';

/** The API for TanStack Query: `useQuery(apiQuery.invoices.list.queryOptions({ input }))`. */
export const apiQuery = createTanstackQueryUtils(api);
