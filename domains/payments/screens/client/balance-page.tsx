import { IconWallet } from '@tabler/icons-react';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useTranslations } from 'use-intl';
import { apiQuery } from '#web/api-query.ts';
import { clientPaths } from '#web/paths.ts';
import { Card } from '#web/ui/card.tsx';
import { DataTable } from '#web/ui/data-table.tsx';
import { DateText } from '#web/ui/date-text.tsx';
import { EmptyState } from '#web/ui/empty-state.tsx';
import { Columns, Stack } from '#web/ui/layout.tsx';
import { Link } from '#web/ui/link.tsx';
import { useListParams } from '#web/ui/list-params.ts';
import type { ListParams } from '#web/ui/list-params.ts';
import { Money } from '#web/ui/money.tsx';
import { PageHeader } from '#web/ui/page-header.tsx';
import { Skeleton } from '#web/ui/skeleton.tsx';
import './balance-page.css';
import { TopUpForm } from './top-up-form.tsx';

/** Money held for the client, putting more there, and every movement with its document. */
export function BalancePage() {
  const text = useTranslations('payments.balance');
  const params = useListParams();
  const statement = useQuery({
    ...apiQuery.payments.balance.queryOptions({ input: { cursor: params.query.cursor } }),
    placeholderData: keepPreviousData,
  });
  const held = statement.data?.held;
  return (
    <>
      <PageHeader title={text('title')} />
      <Columns main className="payments-balance">
        <Statement statement={statement} params={params} />
        <Stack>
          <Card title={text('now')}>
            <p className="payments-held">
              {held ? <Money {...held} /> : <Skeleton width="60%" height="32px" />}
            </p>
            <p className="ui-muted ui-small">{text('nowHelp')}</p>
          </Card>
          <TopUpForm />
        </Stack>
      </Columns>
    </>
  );
}

type Movement = {
  id: string;
  at: string;
  kind: string;
  documentId: string | null;
  documentNumber: string | null;
  amount: { minor: number; currency: string };
};

type StatementProps = {
  statement: {
    data: { items: Movement[]; next: string | null } | undefined;
    error: unknown;
    isPlaceholderData: boolean;
    refetch: () => unknown;
  };
  params: ListParams<never>;
};

function Statement({ statement, params }: StatementProps) {
  const text = useTranslations('payments.balance');
  return (
    <DataTable
      label={text('statement')}
      query={statement}
      params={params}
      rowKey={({ id }) => id}
      columns={[
        { id: 'what', header: text('what'), cell: (movement) => <What movement={movement} /> },
        { id: 'at', header: text('at'), cell: ({ at }) => <DateText at={at} time /> },
        {
          id: 'amount',
          header: text('change'),
          align: 'end',
          cell: ({ amount }) => <Money {...amount} sign />,
        },
      ]}
      empty={
        <EmptyState icon={IconWallet} title={text('empty')}>
          {text('emptyHelp')}
        </EmptyState>
      }
    />
  );
}

/** The movement in words, with a way to the document behind it. */
function What({ movement }: { movement: Movement }) {
  const text = useTranslations('payments.balance');
  const { kind, amount, documentId, documentNumber } = movement;
  const known = text.has(`kinds.${kind}`) ? kind : 'other';
  const words = kind === 'payment' && amount.minor > 0 ? text('kindIn') : text(`kinds.${known}`);
  const href = documentId && hrefOf(documentId);
  if (!href) return words;
  return (
    <>
      {words} <Link href={href}>{documentNumber ?? text('open')}</Link>
    </>
  );
}

function hrefOf(documentId: string): string | null {
  if (documentId.startsWith('pay_')) return clientPaths.payment({ paymentId: documentId });
  if (/^(inv|crn)_/.test(documentId)) return clientPaths.invoice({ invoiceId: documentId });
  return null;
}
