import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslations } from 'use-intl';
import { apiQuery } from '#web/api-query.ts';
import { allowed, useSession } from '#web/panel/session.tsx';
import { adminPaths } from '#web/paths.ts';
import { StatusBadge } from '#web/ui/badge.tsx';
import { Button } from '#web/ui/button.tsx';
import { Card } from '#web/ui/card.tsx';
import { EmptyState } from '#web/ui/empty-state.tsx';
import { FailureCallout } from '#web/ui/failure-callout.tsx';
import { Row, Stack } from '#web/ui/layout.tsx';
import { PageHeader } from '#web/ui/page-header.tsx';
import { PageSkeleton } from '#web/ui/skeleton.tsx';
import { Table } from '#web/ui/table.tsx';
import { useWords } from '#web/ui/use-words.ts';
import type { GatewaySettingsWire } from '../../contract.ts';
import { GatewayDialog } from './gateway-dialog.tsx';
import { GatewaySwitch } from './gateway-switch.tsx';

/** The ways to pay of every shop: which are on, and what opens them. */
export function GatewaysPage() {
  const text = useTranslations('payments');
  const gateways = useQuery(apiQuery.payments.admin.gateways.list.queryOptions({ input: {} }));
  if (gateways.error) return <FailureCallout error={gateways.error} onRetry={gateways.refetch} />;
  if (!gateways.data) return <PageSkeleton />;
  const byBrand = Map.groupBy(gateways.data.items, ({ brandId }) => brandId);
  return (
    <>
      <PageHeader
        title={text('gateways.title')}
        lead={text('gateways.lead')}
        crumbs={[{ label: text('staff.title'), href: adminPaths.payments() }]}
      />
      <Stack>
        {[...byBrand].map(([brandId, items]) => (
          <BrandGateways key={brandId} items={items} />
        ))}
        {byBrand.size === 0 && <EmptyState title={text('gateways.none')} />}
      </Stack>
    </>
  );
}

function BrandGateways({ items }: { items: readonly GatewaySettingsWire[] }) {
  const text = useTranslations('payments.gateways');
  const words = useWords();
  const mayWrite = allowed(useSession(), 'brands.write');
  const [open, setOpen] = useState<GatewaySettingsWire | null>(null);
  const brandName = items[0]?.brandName ?? '';
  return (
    <Card title={brandName} flush>
      <Table
        label={brandName}
        rows={items}
        rowKey={({ gatewayId }) => gatewayId}
        columns={[
          { id: 'title', header: text('title'), cell: ({ title }) => words(title) },
          {
            id: 'state',
            header: text('state'),
            cell: ({ enabled, saved }) => (
              <StatusBadge tone={enabled ? 'good' : 'idle'}>
                {text(enabled ? 'on' : saved ? 'off' : 'fresh')}
              </StatusBadge>
            ),
          },
          {
            id: 'actions',
            header: '',
            align: 'end',
            cell: (gateway) =>
              mayWrite && (
                <Row gap={2} className="ui-row-end">
                  {gateway.form.fields.length > 0 && (
                    <Button size="small" onClick={() => setOpen(gateway)}>
                      {text('setUp')}
                    </Button>
                  )}
                  <GatewaySwitch gateway={gateway} onSetUp={() => setOpen(gateway)} />
                </Row>
              ),
          },
        ]}
      />
      {open && <GatewayDialog gateway={open} onClose={() => setOpen(null)} />}
    </Card>
  );
}
