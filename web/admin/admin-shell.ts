import { lazy } from 'react';
import type { PanelShell } from '../panel/route.ts';
import { adminPaths } from '../paths.ts';
import { adminRoutes } from './admin-routes.ts';
import { adminSections } from './admin-sections.ts';

export const adminShell: PanelShell = {
  id: 'admin',
  homeHref: adminPaths.home(),
  profileHref: adminPaths.security(),
  routes: adminRoutes,
  sections: adminSections,
  indicator: lazy(async () => ({
    default: (await import('#domains/operations/screens/admin/clock-indicator.tsx')).ClockIndicator,
  })),
};
