import type { PanelRoute } from '../panel/route.ts';

/** Every screen of this panel. A new screen is one line here and its path in `web/paths.ts`. */
export const clientRoutes: readonly PanelRoute[] = [];
