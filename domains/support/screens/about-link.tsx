import { useTranslations } from 'use-intl';
import { adminPaths, clientPaths } from '#web/paths.ts';
import { Link } from '#web/ui/link.tsx';
import type { TicketAbout } from './support-view.ts';

/** What a ticket is about, with the way there. */
export function AboutLink({ about, panel }: { about: TicketAbout; panel: 'client' | 'admin' }) {
  const text = useTranslations('support.aboutKinds');
  const href = panel === 'client' ? clientHref(about) : adminHref(about);
  return (
    <>
      {text(about.kind)}: {href ? <Link href={href}>{about.label}</Link> : about.label}
    </>
  );
}

function clientHref({ kind, id, subscriptionId, accountId }: TicketAbout): string | null {
  if (kind === 'package') return clientPaths.package({ subscriptionId: id });
  if (kind === 'invoice') return clientPaths.invoice({ invoiceId: id });
  if (kind === 'finding' && subscriptionId && accountId) {
    return clientPaths.finding({ subscriptionId, accountId, findingId: id });
  }
  return null;
}

function adminHref({ kind, id }: TicketAbout): string {
  if (kind === 'package') return adminPaths.package({ subscriptionId: id });
  if (kind === 'invoice') return adminPaths.invoice({ invoiceId: id });
  if (kind === 'finding') return adminPaths.finding({ findingId: id });
  return adminPaths.node({ nodeId: id });
}
