import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslations } from 'use-intl';
import { TaxIdRule } from '#domains/clients/screens/admin/tax-id-rule.tsx';
import { api } from '#web/api.ts';
import { apiQuery } from '#web/api-query.ts';
import { allowed, useSession } from '#web/panel/session.tsx';
import { adminPaths } from '#web/paths.ts';
import { Button } from '#web/ui/button.tsx';
import { Card } from '#web/ui/card.tsx';
import { DateInput } from '#web/ui/date-input.tsx';
import { DateText } from '#web/ui/date-text.tsx';
import { Dialog } from '#web/ui/dialog.tsx';
import { EmptyState } from '#web/ui/empty-state.tsx';
import { FailureCallout } from '#web/ui/failure-callout.tsx';
import { Form } from '#web/ui/form.tsx';
import { Stack } from '#web/ui/layout.tsx';
import { PageHeader } from '#web/ui/page-header.tsx';
import { PageSkeleton } from '#web/ui/skeleton.tsx';
import { Table } from '#web/ui/table.tsx';
import { TextInput } from '#web/ui/text-input.tsx';
import { useForm } from '#web/ui/use-form.ts';
import type { TaxRateView } from '../contract.ts';

/** Rates by place and date; the operator's staff add the next one. */
export function TaxRatesPage() {
  const text = useTranslations('tax');
  const invoices = useTranslations('billing.screen');
  const [adding, setAdding] = useState(false);
  const session = useSession();
  const mayWrite = allowed(session, 'brands.write');
  const mayReadClients = allowed(session, 'clients.read');
  const query = useQuery(apiQuery.tax.rates.queryOptions({ input: {} }));
  if (query.error) return <FailureCallout error={query.error} onRetry={query.refetch} />;
  if (!query.data) return <PageSkeleton />;
  const close = () => setAdding(false);
  return (
    <>
      <PageHeader
        title={text('title')}
        lead={text('lead')}
        crumbs={[{ label: invoices('title'), href: adminPaths.invoices() }]}
        actions={
          mayWrite &&
          query.data.mayChange && <Button onClick={() => setAdding(true)}>{text('add')}</Button>
        }
      />
      <Stack>
        <Card flush>
          <Rates items={query.data.items} />
        </Card>
        {mayReadClients && <TaxIdRule />}
      </Stack>
      <Dialog open={adding} onClose={close} title={text('addTitle')}>
        <RateForm onClose={close} />
      </Dialog>
    </>
  );
}

function Rates({ items }: { items: readonly TaxRateView[] }) {
  const text = useTranslations('tax');
  if (items.length === 0) return <EmptyState title={text('empty')} />;
  return (
    <Table
      label={text('title')}
      rows={items}
      rowKey={({ place, effectiveFrom }) => `${place} ${effectiveFrom}`}
      columns={[
        { id: 'place', header: text('place'), cell: ({ place }) => place },
        { id: 'rate', header: text('rate'), cell: ({ rateBp }) => `${rateBp / 100} %` },
        {
          id: 'from',
          header: text('from'),
          cell: ({ effectiveFrom }) => <DateText on={effectiveFrom} />,
        },
        {
          id: 'until',
          header: text('until'),
          cell: ({ effectiveUntil }) =>
            effectiveUntil === null ? text('open') : <DateText on={effectiveUntil} />,
        },
      ]}
    />
  );
}

function RateForm({ onClose }: { onClose: () => void }) {
  const text = useTranslations('tax');
  const queries = useQueryClient();
  const form = useForm({
    initial: { place: 'RU', rateBp: '', effectiveFrom: '' },
    submit: ({ place, rateBp, effectiveFrom }) =>
      api.tax.addRate({
        place: place.trim().toUpperCase(),
        rateBp: basisPoints(rateBp) ?? 0,
        effectiveFrom,
      }),
    onDone: () => {
      void queries.invalidateQueries({ queryKey: apiQuery.tax.key() });
      onClose();
    },
  });
  const { place, rateBp, effectiveFrom } = form.values;
  const complete = place.trim() !== '' && basisPoints(rateBp) !== null && effectiveFrom !== '';
  return (
    <Form form={form} submit={text('submit')} disabled={!complete} wide>
      <TextInput
        {...form.field('place')}
        label={text('place')}
        help={text('placeHelp')}
        autoComplete="off"
      />
      <TextInput {...form.field('rateBp')} label={text('ratePercent')} inputMode="decimal" />
      <DateInput {...form.field('effectiveFrom')} label={text('from')} help={text('fromHelp')} />
    </Form>
  );
}

/** `22` or `25,5` per cent; null for what is no rate. */
function basisPoints(text: string): number | null {
  if (!/^\d{1,2}([.,]\d{1,2})?$/.test(text.trim())) return null;
  return Math.round(Number(text.replace(',', '.')) * 100);
}
