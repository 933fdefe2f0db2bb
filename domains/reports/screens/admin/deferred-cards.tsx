import { useLocale, useTranslations } from 'use-intl';
import { adminPaths } from '#web/paths.ts';
import { Card } from '#web/ui/card.tsx';
import { KeyValue } from '#web/ui/key-value.tsx';
import { Link } from '#web/ui/link.tsx';
import { Money } from '#web/ui/money.tsx';
import { Table } from '#web/ui/table.tsx';
import { lastDayOf, monthText } from './month-text.ts';
import type { CurrencyRevenue } from './revenue-table.tsx';

type Roll = CurrencyRevenue['rolls'][number];

const FLOWS = ['opening', 'invoiced', 'credited', 'recognised', 'closing'] as const;

/** Deferred revenue rolled forward: opening + invoiced − credited − recognised = closing. */
export function DeferredCard({
  revenue: { currency, rolls },
  sellerId,
}: {
  revenue: CurrencyRevenue;
  sellerId: string | undefined;
}) {
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
            cell: (roll: Roll) =>
              isPosted(flow) && roll[flow].minor !== 0 ? (
                <Link href={entriesHref(roll, sellerId, currency)}>
                  <Money {...roll[flow]} />
                </Link>
              ) : (
                <Money {...roll[flow]} />
              ),
          })),
        ]}
      />
    </Card>
  );
}

function isPosted(flow: (typeof FLOWS)[number]): boolean {
  return flow === 'invoiced' || flow === 'credited';
}

/** What the ledger has of that month: an entry for each document. */
function entriesHref({ month }: Roll, sellerId: string | undefined, currency: string): string {
  const range = { from: `${month}-01`, through: lastDayOf(month) };
  return adminPaths.reportEntries({ sellerId, ...range, code: 'deferred-revenue', currency });
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
          { label: text('posted'), value: <Money {...ledger.posted} /> },
          { label: text('left'), value: <Money {...ledger.deferred} /> },
        ]}
      />
    </Card>
  );
}
