import type { PanelShell } from '../panel/route.ts';
import { clientPaths } from '../paths.ts';
import { clientRoutes } from './client-routes.ts';
import { clientSections } from './client-sections.ts';

export const clientShell: PanelShell = {
  id: 'client',
  homeHref: clientPaths.home(),
  profileHref: clientPaths.security(),
  routes: clientRoutes,
  sections: clientSections,
};
