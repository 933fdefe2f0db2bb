import { useQuery } from '@tanstack/react-query';
import { useTranslations } from 'use-intl';
import { ChargingNote } from '#domains/orders/screens/client/charging-note.tsx';
import { AskLink } from '#domains/support/screens/client/ask-link.tsx';
import { PayInvoice } from '#domains/payments/screens/client/pay-invoice.tsx';
import { apiQuery } from '#web/api-query.ts';
import { usePathParams } from '#web/panel/use-path-params.ts';
import { clientPaths } from '#web/paths.ts';
import { Card } from '#web/ui/card.tsx';
import { DateText } from '#web/ui/date-text.tsx';
import { FailureCallout } from '#web/ui/failure-callout.tsx';
import { KeyValue } from '#web/ui/key-value.tsx';
import { Columns, Stack } from '#web/ui/layout.tsx';
import { Money } from '#web/ui/money.tsx';
import { PageHeader } from '#web/ui/page-header.tsx';
import { PageSkeleton } from '#web/ui/skeleton.tsx';
import { InvoiceBadge } from '../invoice-badge.tsx';
import { InvoiceLines } from '../invoice-lines.tsx';
import { PaymentsCard, RelatedCard } from '../invoice-side.tsx';
import type { InvoiceDetail } from '../invoice-wire-types.ts';
import { PdfButtons } from '../pdf-buttons.tsx';

/** A payment made elsewhere (the bank's page, a transfer) shows here within seconds. */
const LOOK_AGAIN_MS = 5000;

/** One document of the client: lines, how each price comes about, and paying it. */
export function InvoicePage() {
  const { invoiceId } = usePathParams(clientPaths.invoice);
  const query = useQuery(
    apiQuery.billing.invoices.get.queryOptions({
      input: { id: invoiceId },
      refetchInterval: ({ state }) => (state.data?.due.minor ? LOOK_AGAIN_MS : false),
    }),
  );
  if (query.error) return <FailureCallout error={query.error} onRetry={query.refetch} />;
  if (!query.data) return <PageSkeleton />;
  return <InvoiceView invoice={query.data} />;
}

function InvoiceView({ invoice }: { invoice: InvoiceDetail }) {
  const text = useTranslations('billing.screen');
  const { number } = invoice;
  return (
    <>
      <PageHeader
        title={text(invoice.kind === 'invoice' ? 'one' : 'note', { number })}
        crumbs={[{ label: text('title'), href: clientPaths.invoices() }]}
        status={<InvoiceBadge invoice={invoice} />}
        actions={
          <>
            {invoice.kind === 'invoice' && <AskLink about={invoice.id} />}
            <PdfButtons base={`/v1/invoices/${invoice.id}`} />
          </>
        }
      />
      <Columns main>
        <InvoiceLines
          invoice={invoice}
          packageHref={(subscriptionId) => clientPaths.package({ subscriptionId })}
        />
        <Stack>
          {invoice.due.minor > 0 && <ChargingNote invoiceId={invoice.id} />}
          {invoice.due.minor > 0 && <PayInvoice invoice={invoice} />}
          <FactsCard invoice={invoice} />
          <PaymentsCard invoice={invoice} />
          <RelatedCard invoice={invoice} hrefOf={(id) => clientPaths.invoice({ invoiceId: id })} />
        </Stack>
      </Columns>
    </>
  );
}

function FactsCard({ invoice }: { invoice: InvoiceDetail }) {
  const text = useTranslations('billing.screen');
  return (
    <Card title={text('document')}>
      <KeyValue
        facts={[
          invoice.about !== null && { label: text('about'), value: invoice.about },
          { label: text('issued'), value: <DateText on={invoice.issuedOn} /> },
          invoice.due.minor > 0 && { label: text('due'), value: <DateText on={invoice.dueOn} /> },
          invoice.paid.minor > 0 && { label: text('paid'), value: <Money {...invoice.paid} /> },
          invoice.reason !== null && { label: text('reason'), value: invoice.reason },
        ]}
      />
    </Card>
  );
}
