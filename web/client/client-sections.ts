import {
  IconCreditCard,
  IconCreditCardPay,
  IconFileInvoice,
  IconKey,
  IconLifebuoy,
  IconServer,
  IconShieldLock,
  IconShoppingCart,
  IconUser,
  IconWallet,
  IconWebhook,
} from '@tabler/icons-react';
import { clientPaths } from '../paths.ts';
import type { PanelSection } from '../panel/route.ts';

/** The rail, top to bottom. Words: `shell.client.<id>` in `web/texts`. */
export const clientSections: readonly PanelSection[] = [
  { id: 'packages', icon: IconServer, href: clientPaths.packages(), group: 'services' },
  { id: 'orders', icon: IconShoppingCart, href: clientPaths.orders(), group: 'services' },
  { id: 'tickets', icon: IconLifebuoy, href: clientPaths.tickets(), group: 'services' },
  { id: 'invoices', icon: IconFileInvoice, href: clientPaths.invoices(), group: 'money' },
  { id: 'balance', icon: IconWallet, href: clientPaths.balance(), group: 'money' },
  { id: 'payments', icon: IconCreditCard, href: clientPaths.payments(), group: 'money' },
  { id: 'cards', icon: IconCreditCardPay, href: clientPaths.cards(), group: 'money' },
  { id: 'profile', icon: IconUser, href: clientPaths.profile(), group: 'account' },
  { id: 'security', icon: IconShieldLock, href: clientPaths.security(), group: 'account' },
  { id: 'apiKeys', icon: IconKey, href: clientPaths.apiKeys(), group: 'account' },
  { id: 'webhooks', icon: IconWebhook, href: clientPaths.webhooks(), group: 'account' },
];
