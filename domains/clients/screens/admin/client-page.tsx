import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslations } from 'use-intl';
import { SavedMethodsCard } from '#domains/payments/screens/admin/saved-methods-card.tsx';
import { ClientQuotesCard } from '#domains/orders/screens/admin/client-quotes-card.tsx';
import { api } from '#web/api.ts';
import { apiQuery } from '#web/api-query.ts';
import { allowed, useSession } from '#web/panel/session.tsx';
import { usePathParams } from '#web/panel/use-path-params.ts';
import { adminPaths } from '#web/paths.ts';
import { Button } from '#web/ui/button.tsx';
import { Card } from '#web/ui/card.tsx';
import { ConfirmDialog } from '#web/ui/confirm-dialog.tsx';
import { FailureCallout } from '#web/ui/failure-callout.tsx';
import { Columns, Stack } from '#web/ui/layout.tsx';
import { LinkButton } from '#web/ui/link-button.tsx';
import { PageHeader } from '#web/ui/page-header.tsx';
import { PageSkeleton } from '#web/ui/skeleton.tsx';
import { ProfileForm } from '../profile-form.tsx';
import { CheckTaxId } from './check-tax-id.tsx';
import { whileUnchecked } from '../while-unchecked.ts';
import { ClientFacts } from './client-facts.tsx';
import { ClientPeople } from './client-people.tsx';
import { TaxCard } from './tax-card.tsx';
import { ClientState } from './client-state.tsx';

export function ClientPage() {
  const text = useTranslations('clients.page');
  const { clientId } = usePathParams(adminPaths.client);
  const queries = useQueryClient();
  const session = useSession();
  const mayWrite = allowed(session, 'clients.write');
  const mayInvoice = allowed(session, 'invoices.write');
  const [closing, setClosing] = useState(false);
  const found = useQuery(
    apiQuery.clients.clients.get.queryOptions({
      input: { id: clientId },
      refetchInterval: whileUnchecked,
    }),
  );
  const reload = () => queries.invalidateQueries({ queryKey: apiQuery.clients.clients.key() });
  if (found.error) return <FailureCallout error={found.error} onRetry={found.refetch} />;
  if (!found.data) return <PageSkeleton />;
  const client = found.data;
  const title = client.kind === 'company' && client.company ? client.company : client.name;
  async function close() {
    await api.clients.clients.close({ id: clientId });
    await reload();
  }
  async function reopen() {
    await api.clients.clients.reopen({ id: clientId });
    await reload();
  }
  const toggle =
    client.state === 'active' ? (
      <Button tone="danger" onClick={() => setClosing(true)}>
        {text('close')}
      </Button>
    ) : (
      <Button onClick={() => void reopen()}>{text('reopen')}</Button>
    );
  return (
    <>
      <PageHeader
        title={title}
        crumbs={[{ label: text('crumb'), href: adminPaths.clients() }]}
        status={<ClientState state={client.state} />}
        actions={
          <>
            {allowed(session, 'orders.write') && (
              <LinkButton href={adminPaths.newQuote({ clientId })}>{text('quote')}</LinkButton>
            )}
            {mayInvoice && (
              <LinkButton href={adminPaths.newInvoice({ clientId })}>{text('invoice')}</LinkButton>
            )}
            {mayWrite && toggle}
          </>
        }
      />
      <Columns main>
        <Card title={text('particulars')}>
          <ProfileForm
            key={client.id}
            profile={client}
            save={(change) => api.clients.clients.update({ ...change, id: clientId })}
            onSaved={() => void reload()}
          />
        </Card>
        <Stack>
          <ClientFacts client={client} />
          <ClientQuotesCard clientId={clientId} />
          <SavedMethodsCard clientId={clientId} />
          <CheckTaxId client={client} onAsked={() => void reload()} />
          <TaxCard client={client} onSaved={() => void reload()} />
          <ClientPeople people={client.people} />
        </Stack>
      </Columns>
      <ConfirmDialog
        open={closing}
        onClose={() => setClosing(false)}
        title={text('closeTitle', { title })}
        confirm={text('close')}
        onConfirm={close}
      >
        {text('closeWhat')}
      </ConfirmDialog>
    </>
  );
}
