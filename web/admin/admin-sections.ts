import { IconFileInvoice, IconKey, IconUserShield, IconUsers } from '@tabler/icons-react';
import { adminPaths } from '../paths.ts';
import type { PanelSection } from '../panel/route.ts';

/** The rail, top to bottom. Words: `shell.admin.<id>` in `web/texts`. */
export const adminSections: readonly PanelSection[] = [
  {
    id: 'clients',
    icon: IconUsers,
    href: adminPaths.clients(),
    permission: 'clients.read',
    group: 'sales',
  },
  {
    id: 'invoices',
    icon: IconFileInvoice,
    href: adminPaths.invoices(),
    permission: 'invoices.read',
    group: 'money',
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
