import { useLocale, useTranslations } from 'use-intl';
import { Card } from '#web/ui/card.tsx';
import { KeyValue } from '#web/ui/key-value.tsx';
import { Money } from '#web/ui/money.tsx';
import { Table } from '#web/ui/table.tsx';
import { monthText } from './month-text.ts';
import type { CurrencyRevenue } from './revenue-table.tsx';

const FLOWS = ['opening', 'invoiced', 'credited', 'recognised', 'closing'] as const;

/** Deferred revenue rolled forward: opening + invoiced − credited − recognised = closing. */
export function DeferredCard({ revenue: { currency, rolls } }: { revenue: CurrencyRevenue }) {
  const text = useTranslations('reports');
  const locale = useLocale();
  return (
    <Card title={text('revenue.deferred', { currency })} flush>
      <Table
        label={text('revenue.deferred', { currency })}
        rows={rolls}
        rowKey={({ month }) => month}
        columns={[
          {
            id: 'month',
            header: text('revenue.month'),
            cell: ({ month }) => monthText(month, locale, 'long'),
          },
          ...FLOWS.map((flow) => ({
            id: flow,
            header: text(`roll.${flow}`),
            align: 'end' as const,
            cell: (roll: CurrencyRevenue['rolls'][number]) => <Money {...roll[flow]} />,
          })),
        ]}
      />
    </Card>
  );
}

/** How the deferred-revenue account of the ledger divides into recognised and deferred. */
export function LedgerCard({ revenue: { currency, ledger } }: { revenue: CurrencyRevenue }) {
  const text = useTranslations('reports.revenue');
  return (
    <Card title={text('ledger', { currency })}>
      <p className="ui-muted">{text('ledgerHelp')}</p>
      <KeyValue
        facts={[
          { label: text('account'), value: <Money {...ledger.account} /> },
          { label: text('documents'), value: <Money {...ledger.documents} /> },
          { label: text('difference'), value: <Money {...ledger.difference} /> },
          { label: text('recognised'), value: <Money {...ledger.recognised} /> },
          { label: text('left'), value: <Money {...ledger.deferred} /> },
        ]}
      />
    </Card>
  );
}
