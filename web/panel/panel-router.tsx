import {
  createRootRoute,
  createRoute,
  createRouter,
  lazyRouteComponent,
  Outlet,
  redirect,
} from '@tanstack/react-router';
import { ErrorPage } from '../ui/error-page.tsx';
import { NotFoundPage } from '../ui/not-found-page.tsx';
import { PageSkeleton } from '../ui/skeleton.tsx';
import { Forbidden } from './forbidden.tsx';
import { PanelFrame } from './panel-frame.tsx';
import { PanelNavigation } from './panel-navigation.tsx';
import type { PanelRoute, PanelShell } from './route.ts';
import { allowed, type PanelSession } from './session.tsx';

/** The router of one panel, made from its table. Search parameters stay plain strings. */
export function panelRouter(shell: PanelShell, session: PanelSession | null) {
  const root = createRootRoute({
    component: () => (
      <PanelNavigation prefix={shell.homeHref}>
        <Outlet />
      </PanelNavigation>
    ),
  });
  const framed = createRoute({
    getParentRoute: () => root,
    id: 'framed',
    component: () => <PanelFrame shell={shell} />,
    notFoundComponent: () => <NotFoundPage homeHref={shell.homeHref} />,
  });
  const sectionOf = new Map(shell.sections.map((section) => [section.id, section]));
  const isForbidden = ({ permission, section }: PanelRoute) =>
    session !== null && !allowed(session, permission ?? sectionOf.get(section ?? '')?.permission);
  const screen = (parent: typeof root | typeof framed) => (row: PanelRoute) =>
    createRoute({
      getParentRoute: () => parent as typeof root,
      path: row.path.pattern,
      component: isForbidden(row) ? Forbidden : lazyScreen(row),
      pendingComponent: PageSkeleton,
    });
  // A panel without an overview opens with its first section.
  const first = shell.sections.find(({ permission }) => session && allowed(session, permission));
  const home = createRoute({
    getParentRoute: () => framed,
    path: shell.homeHref,
    beforeLoad: () => {
      if (first) throw redirect({ href: first.href, replace: true });
    },
  });
  const hasHome = shell.routes.some((row) => row.path.pattern === shell.homeHref);
  const lost = createRoute({
    getParentRoute: () => framed,
    path: '$',
    component: () => <NotFoundPage homeHref={shell.homeHref} />,
  });
  const bare = shell.routes.filter((row) => row.bare);
  const inFrame = shell.routes.filter((row) => !row.bare);
  return createRouter({
    routeTree: root.addChildren([
      ...bare.map(screen(root)),
      framed.addChildren([...inFrame.map(screen(framed)), ...(hasHome ? [] : [home]), lost]),
    ]),
    parseSearch: (search) => Object.fromEntries(new URLSearchParams(search)),
    stringifySearch: (search) => {
      const text = new URLSearchParams(search as Record<string, string>).toString();
      return text && `?${text}`;
    },
    scrollRestoration: true,
    defaultPendingMs: 150,
    defaultErrorComponent: ({ error, reset }) => <ErrorPage error={error} onRetry={reset} />,
  });
}

function lazyScreen(row: PanelRoute) {
  return lazyRouteComponent(async () => ({ default: await row.screen() }));
}
