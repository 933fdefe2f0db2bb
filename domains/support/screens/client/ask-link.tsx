import { IconLifebuoy } from '@tabler/icons-react';
import { useTranslations } from 'use-intl';
import { clientPaths } from '#web/paths.ts';
import { LinkButton } from '#web/ui/link-button.tsx';

/** Leads from a thing to a question about it: an invoice, a finding, a package. */
export function AskLink({ about }: { about: string }) {
  const text = useTranslations('support.client');
  return (
    <LinkButton tone="quiet" icon={IconLifebuoy} href={clientPaths.newTicket({ about })}>
      {text('ask')}
    </LinkButton>
  );
}
