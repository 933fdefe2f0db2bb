import {
  IconCreditCard,
  IconDiscount2,
  IconFileInvoice,
  IconKey,
  IconPackages,
  IconServer,
  IconShoppingCart,
  IconTimelineEvent,
  IconUserShield,
  IconUsers,
} from '@tabler/icons-react';
import { adminPaths } from '../paths.ts';
import type { PanelSection } from '../panel/route.ts';

/** The rail, top to bottom. Words: `shell.admin.<id>` in `web/texts`. */
export const adminSections: readonly PanelSection[] = [
  {
    id: 'clients',
    icon: IconUsers,
    href: adminPaths.clients(),
    permission: 'clients.read',
    searchable: true,
    group: 'sales',
  },
  {
    id: 'orders',
    icon: IconShoppingCart,
    href: adminPaths.orders(),
    permission: 'orders.read',
    searchable: true,
    group: 'sales',
  },
  {
    id: 'packages',
    icon: IconServer,
    href: adminPaths.packages(),
    permission: 'subscriptions.read',
    searchable: true,
    group: 'sales',
  },
  {
    id: 'invoices',
    icon: IconFileInvoice,
    href: adminPaths.invoices(),
    permission: 'invoices.read',
    searchable: true,
    group: 'money',
  },
  {
    id: 'payments',
    icon: IconCreditCard,
    href: adminPaths.payments(),
    permission: 'payments.read',
    searchable: true,
    group: 'money',
  },
  {
    id: 'products',
    icon: IconPackages,
    href: adminPaths.catalogue(),
    permission: 'catalog.read',
    group: 'catalogue',
  },
  {
    id: 'changes',
    icon: IconTimelineEvent,
    href: adminPaths.changes(),
    permission: 'catalog.read',
    group: 'catalogue',
  },
  {
    id: 'promos',
    icon: IconDiscount2,
    href: adminPaths.promos(),
    permission: 'catalog.read',
    group: 'catalogue',
  },
  {
    id: 'staff',
    icon: IconUserShield,
    href: adminPaths.staff(),
    permission: 'staff.read',
    group: 'system',
  },
  { id: 'apiKeys', icon: IconKey, href: adminPaths.apiKeys(), group: 'system' },
];
