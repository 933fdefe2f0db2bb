import { IconForms, IconLayoutGrid, IconList, IconMessage } from '@tabler/icons-react';
import type { PanelShell } from '../panel/route.ts';
import { path } from '../path.ts';

const paths = {
  controls: path('/gallery'),
  forms: path('/gallery/forms'),
  table: path('/gallery/table'),
  record: path('/gallery/record/$number'),
  feedback: path('/gallery/feedback'),
  broken: path('/gallery/broken'),
};

/** A panel whose screens are our components, so that the frame is looked at too. */
export const galleryShell: PanelShell = {
  id: 'admin',
  homeHref: '/gallery',
  sections: [
    { id: 'gallery.controls', icon: IconLayoutGrid, href: paths.controls() },
    { id: 'gallery.forms', icon: IconForms, href: paths.forms() },
    {
      id: 'gallery.table',
      icon: IconList,
      href: paths.table(),
      group: 'gallery',
      searchable: true,
    },
    {
      id: 'gallery.feedback',
      icon: IconMessage,
      href: paths.feedback(),
      permission: 'everything',
      group: 'gallery',
    },
  ],
  routes: [
    {
      path: paths.controls,
      section: 'gallery.controls',
      screen: () => import('./controls.tsx').then((m) => m.Controls),
    },
    {
      path: paths.forms,
      section: 'gallery.forms',
      screen: () => import('./forms.tsx').then((m) => m.Forms),
    },
    {
      path: paths.table,
      section: 'gallery.table',
      screen: () => import('./invoice-list.tsx').then((m) => m.InvoiceList),
    },
    {
      path: paths.record,
      section: 'gallery.table',
      screen: () => import('./invoice-page.tsx').then((m) => m.InvoicePage),
    },
    {
      path: paths.broken,
      section: null,
      screen: () => import('./broken.tsx').then((m) => m.Broken),
    },
    {
      path: paths.feedback,
      section: 'gallery.feedback',
      screen: () => import('./feedback.tsx').then((m) => m.Feedback),
    },
  ],
};

export { paths as galleryPaths };
