import { IconDiscount2, IconPlus } from '@tabler/icons-react';
import { keepPreviousData, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useFormatter, useTranslations } from 'use-intl';
import { api, type ApiClient } from '#web/api.ts';
import { apiQuery } from '#web/api-query.ts';
import { allowed, useSession } from '#web/panel/session.tsx';
import { StatusBadge } from '#web/ui/badge.tsx';
import { Button } from '#web/ui/button.tsx';
import { ConfirmDialog } from '#web/ui/confirm-dialog.tsx';
import { DataTable, type ListQuery } from '#web/ui/data-table.tsx';
import { DateText } from '#web/ui/date-text.tsx';
import { EmptyState } from '#web/ui/empty-state.tsx';
import { type ListParams, useListParams } from '#web/ui/list-params.ts';
import { Money } from '#web/ui/money.tsx';
import { PageHeader } from '#web/ui/page-header.tsx';
import type { Tone } from '#web/ui/tone.ts';
import { PromoDialog } from './promo-dialog.tsx';

type Promo = Awaited<ReturnType<ApiClient['catalog']['promos']['list']>>['items'][number];

const PHASE_TONE: Readonly<Record<Promo['phase'], Tone>> = {
  'to-come': 'wait',
  running: 'good',
  'used-up': 'idle',
  over: 'idle',
};

/** Promo codes: what they give, for what, how often they were used. */
export function PromosPage() {
  const text = useTranslations('catalog.admin.promos');
  const session = useSession();
  const params = useListParams();
  const [making, setMaking] = useState(false);
  const [ending, setEnding] = useState<Promo | null>(null);
  const mayWrite = allowed(session, 'catalog.write');
  const promos = useQuery({
    ...apiQuery.catalog.promos.list.queryOptions({ input: { cursor: params.query.cursor } }),
    placeholderData: keepPreviousData,
  });
  return (
    <>
      <PageHeader
        title={text('title')}
        actions={
          mayWrite && (
            <Button tone="primary" icon={IconPlus} onClick={() => setMaking(true)}>
              {text('new')}
            </Button>
          )
        }
      />
      <PromoTable promos={promos} params={params} onEnd={mayWrite ? setEnding : undefined} />
      {making && <PromoDialog onClose={() => setMaking(false)} />}
      {ending && <EndDialog promo={ending} onClose={() => setEnding(null)} />}
    </>
  );
}

function EndDialog({ promo, onClose }: { promo: Promo; onClose: () => void }) {
  const text = useTranslations('catalog.admin.promos');
  const queries = useQueryClient();
  return (
    <ConfirmDialog
      open
      onClose={onClose}
      title={text('endTitle', { code: promo.code })}
      confirm={text('end')}
      onConfirm={async () => {
        await api.catalog.promos.end({ id: promo.id });
        await queries.invalidateQueries({ queryKey: apiQuery.catalog.promos.key() });
      }}
    >
      {text('endWords')}
    </ConfirmDialog>
  );
}

type TableProps = {
  promos: ListQuery<Promo>;
  params: ListParams<never>;
  onEnd?: (promo: Promo) => void;
};

function PromoTable({ promos, params, onEnd }: TableProps) {
  const text = useTranslations('catalog.admin.promos');
  const format = useFormatter();
  return (
    <DataTable
      label={text('title')}
      query={promos}
      params={params}
      rowKey={({ id }) => id}
      columns={[
        { id: 'code', header: text('code'), cell: ({ code }) => <code>{code}</code> },
        {
          id: 'gives',
          header: text('gives'),
          cell: ({ gives }) =>
            gives.kind === 'amount' ? (
              <Money {...gives.amount} />
            ) : (
              format.number(gives.basisPoints / 10_000, {
                style: 'percent',
                maximumFractionDigits: 2,
              })
            ),
        },
        {
          id: 'terms',
          header: text('terms'),
          cell: ({ terms }) => (terms.length > 0 ? terms.join(', ') : text('all')),
        },
        {
          id: 'until',
          header: text('until'),
          cell: ({ validUntil }) => (validUntil ? <DateText on={validUntil} /> : text('forever')),
        },
        {
          id: 'uses',
          header: text('uses'),
          align: 'end',
          cell: ({ uses, usesMax }) => (usesMax ? `${uses} / ${usesMax}` : uses),
        },
        {
          id: 'phase',
          header: text('state'),
          cell: ({ phase }) => (
            <StatusBadge tone={PHASE_TONE[phase]}>{text(`phases.${phase}`)}</StatusBadge>
          ),
        },
        {
          id: 'end',
          header: text('deeds'),
          align: 'end',
          cell: (promo) =>
            onEnd &&
            promo.phase !== 'over' && (
              <Button size="small" tone="quiet" onClick={() => onEnd(promo)}>
                {text('end')}
              </Button>
            ),
        },
      ]}
      empty={
        <EmptyState icon={IconDiscount2} title={text('empty')}>
          {text('emptyHelp')}
        </EmptyState>
      }
    />
  );
}
