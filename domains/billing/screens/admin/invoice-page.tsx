import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslations } from 'use-intl';
import { ChargingCard } from '#domains/orders/screens/admin/charging-card.tsx';
import { NoteRefundCard } from '#domains/payments/screens/admin/note-refund-card.tsx';
import { apiQuery } from '#web/api-query.ts';
import { allowed, useSession } from '#web/panel/session.tsx';
import { usePathParams } from '#web/panel/use-path-params.ts';
import { adminPaths } from '#web/paths.ts';
import { Button } from '#web/ui/button.tsx';
import { Card } from '#web/ui/card.tsx';
import { DateText } from '#web/ui/date-text.tsx';
import { FailureCallout } from '#web/ui/failure-callout.tsx';
import { KeyValue } from '#web/ui/key-value.tsx';
import { Link } from '#web/ui/link.tsx';
import { Columns, Stack } from '#web/ui/layout.tsx';
import { Money } from '#web/ui/money.tsx';
import { PageHeader } from '#web/ui/page-header.tsx';
import { PageSkeleton } from '#web/ui/skeleton.tsx';
import { InvoiceBadge } from '../invoice-badge.tsx';
import { InvoiceLines } from '../invoice-lines.tsx';
import { PaymentsCard, RelatedCard } from '../invoice-side.tsx';
import type { StaffInvoiceDetail } from '../invoice-wire-types.ts';
import { PdfButtons } from '../pdf-buttons.tsx';
import { CreditDialog } from './credit-dialog.tsx';
import { EntriesCard } from './entries-card.tsx';
import { VoidDialog } from './void-dialog.tsx';
import { WriteOffDialog } from './write-off-dialog.tsx';

/** One document for staff: lines, payments, the ledger entries behind it, and its corrections. */
export function InvoicePage() {
  const { invoiceId } = usePathParams(adminPaths.invoice);
  const query = useQuery(
    apiQuery.billing.adminInvoices.get.queryOptions({ input: { id: invoiceId } }),
  );
  if (query.error) return <FailureCallout error={query.error} onRetry={query.refetch} />;
  if (!query.data) return <PageSkeleton />;
  return <InvoiceView invoice={query.data} />;
}

function InvoiceView({ invoice }: { invoice: StaffInvoiceDetail }) {
  const text = useTranslations('billing.screen');
  const session = useSession();
  const { number } = invoice;
  return (
    <>
      <PageHeader
        title={text(invoice.kind === 'invoice' ? 'one' : 'note', { number })}
        crumbs={[{ label: text('title'), href: adminPaths.invoices() }]}
        status={<InvoiceBadge invoice={invoice} />}
        actions={
          <>
            <PdfButtons base={`/v1/admin/invoices/${invoice.id}`} />
            {allowed(session, 'invoices.write') && <Corrections invoice={invoice} />}
          </>
        }
      />
      <Columns main>
        <Stack>
          <InvoiceLines
            invoice={invoice}
            packageHref={(subscriptionId) => adminPaths.package({ subscriptionId })}
          />
          {allowed(session, 'ledger.read') && <EntriesCard invoiceId={invoice.id} />}
        </Stack>
        <Stack>
          <FactsCard invoice={invoice} />
          <PaymentsCard invoice={invoice} />
          {invoice.kind === 'invoice' && invoice.buyerKind === 'client' && (
            <ChargingCard invoiceId={invoice.id} />
          )}
          {invoice.corrects && invoice.buyerKind === 'client' && (
            <NoteRefundCard invoiceId={invoice.corrects.id} />
          )}
          <RelatedCard invoice={invoice} hrefOf={(id) => adminPaths.invoice({ invoiceId: id })} />
        </Stack>
      </Columns>
    </>
  );
}

/** Unpaid documents are voided, debts written off, paid ones credited; nothing else is done. */
function Corrections({ invoice }: { invoice: StaffInvoiceDetail }) {
  const text = useTranslations('billing.screen');
  const [open, setOpen] = useState<'void' | 'credit' | 'write-off' | null>(null);
  const close = () => setOpen(null);
  const voidable = invoice.due.minor > 0 && invoice.paid.minor === 0;
  const creditable = invoice.creditable.some((line) => line.left.minor > 0);
  return (
    <>
      {voidable && (
        <Button tone="danger" onClick={() => setOpen('void')}>
          {text('void.open')}
        </Button>
      )}
      {invoice.due.minor > 0 && invoice.orderId === null && !invoice.isMerged && (
        <Button onClick={() => setOpen('write-off')}>{text('writeOff.open')}</Button>
      )}
      {creditable && <Button onClick={() => setOpen('credit')}>{text('credit.open')}</Button>}
      <WriteOffDialog invoice={invoice} open={open === 'write-off'} onClose={close} />
      <VoidDialog invoice={invoice} open={open === 'void'} onClose={close} />
      <CreditDialog invoice={invoice} open={open === 'credit'} onClose={close} />
    </>
  );
}

function FactsCard({ invoice }: { invoice: StaffInvoiceDetail }) {
  const text = useTranslations('billing.screen');
  return (
    <Card title={text('document')}>
      <KeyValue
        facts={[
          { label: text('buyer'), value: <BuyerLink invoice={invoice} /> },
          invoice.about !== null && { label: text('about'), value: invoice.about },
          { label: text('issued'), value: <DateText at={invoice.issuedAt} time /> },
          invoice.kind === 'invoice' && {
            label: text('due'),
            value: <DateText on={invoice.dueOn} />,
          },
          invoice.due.minor > 0 && { label: text('toPay'), value: <Money {...invoice.due} /> },
          invoice.reason !== null && { label: text('reason'), value: invoice.reason },
          ...(invoice.writeOff === null
            ? []
            : [
                { label: text('writeOff.fact'), value: <Money {...invoice.writeOff.amount} /> },
                { label: text('writeOff.factReason'), value: invoice.writeOff.reason },
              ]),
          invoice.orderId !== null && {
            label: text('order'),
            value: (
              <Link href={adminPaths.order({ orderId: invoice.orderId })}>{invoice.orderId}</Link>
            ),
          },
          { label: text('cause'), value: <code>{invoice.cause}</code> },
          { label: text('seal'), value: <code>{invoice.contentHash.slice(0, 16)}</code> },
        ]}
      />
    </Card>
  );
}

function BuyerLink({ invoice }: { invoice: StaffInvoiceDetail }) {
  if (invoice.buyerKind === 'seller') return invoice.buyerName;
  return <Link href={adminPaths.client({ clientId: invoice.buyerId })}>{invoice.buyerName}</Link>;
}
