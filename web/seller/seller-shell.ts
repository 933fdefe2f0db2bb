import type { PanelShell } from '../panel/route.ts';
import { sellerPaths } from '../paths.ts';
import { sellerRoutes } from './seller-routes.ts';
import { sellerSections } from './seller-sections.ts';

export const sellerShell: PanelShell = {
  id: 'seller',
  homeHref: sellerPaths.home(),
  routes: sellerRoutes,
  sections: sellerSections,
};
