import type { StoreRoute } from './store-page.ts';

/** Every page of the store. A new page is one line here and its path in `web/paths.ts`. */
export const storeRoutes: readonly StoreRoute[] = [];
