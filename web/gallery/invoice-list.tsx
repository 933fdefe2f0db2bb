import { IconFileInvoice, IconPlus } from '@tabler/icons-react';
import { StatusBadge } from '../ui/badge.tsx';
import { Button } from '../ui/button.tsx';
import { DataTable } from '../ui/data-table.tsx';
import { DateText } from '../ui/date-text.tsx';
import { EmptyState } from '../ui/empty-state.tsx';
import { useListParams } from '../ui/list-params.ts';
import { Money } from '../ui/money.tsx';
import { PageHeader } from '../ui/page-header.tsx';
import { galleryPaths } from './gallery-shell.tsx';

const ITEMS = Array.from({ length: 30 }, (_, index) => ({
  number: `СТ-2023-${String(index + 1).padStart(5, '0')}`,
  client: ['ООО «Вектор»', 'Иванов Пётр', 'Студия «Север»'][index % 3] ?? '',
  issuedAt: `2023-04-${String(30 - index).padStart(2, '0')}T09:30:00Z`,
  status: (['paid', 'open', 'overdue'] as const)[index % 3] ?? 'paid',
  totalMinor: 754849 * (index + 1),
}));

const STATUS = {
  paid: { tone: 'good', word: 'оплачен' },
  open: { tone: 'wait', word: 'ждёт оплаты' },
  overdue: { tone: 'bad', word: 'просрочен' },
} as const;

const FILTERS = ['status'] as const;

export function InvoiceList() {
  const params = useListParams(FILTERS, '-issuedAt');
  const items = ITEMS.filter(
    (item) =>
      (!params.query.status || item.status === params.query.status) &&
      item.client.toLowerCase().includes((params.query.search ?? '').toLowerCase()),
  );
  const loading = params.query.status === 'loading';
  const query = {
    data: loading ? undefined : { items, next: 'cursor-2' },
    error: params.query.status === 'error' ? new Error('no') : null,
  };
  return (
    <>
      <PageHeader
        title="Счета"
        actions={
          <Button tone="primary" icon={IconPlus}>
            Выставить счёт
          </Button>
        }
      />
      <DataTable
        label="Счета"
        query={query}
        params={params}
        search="Номер, клиент, домен"
        filters={[
          {
            name: 'status',
            label: 'Состояние',
            options: [
              ...Object.entries(STATUS).map(([value, { word }]) => ({ value, label: word })),
              { value: 'loading', label: 'загрузка' },
              { value: 'error', label: 'ошибка' },
              { value: 'none', label: 'ничего' },
            ],
          },
        ]}
        rowKey={(row) => row.number}
        rowHref={(row) => galleryPaths.record({ number: row.number })}
        columns={[
          { id: 'number', header: 'Номер', cell: (row) => row.number, sortable: true },
          { id: 'client', header: 'Клиент', cell: (row) => row.client },
          {
            id: 'issuedAt',
            header: 'Выставлен',
            cell: (row) => <DateText at={row.issuedAt} />,
            sortable: true,
          },
          {
            id: 'status',
            header: 'Состояние',
            cell: (row) => (
              <StatusBadge tone={STATUS[row.status].tone}>{STATUS[row.status].word}</StatusBadge>
            ),
          },
          {
            id: 'total',
            header: 'Сумма',
            align: 'end',
            cell: (row) => <Money minor={row.totalMinor} currency="RUB" />,
          },
        ]}
        empty={
          <EmptyState icon={IconFileInvoice} title="Счетов пока нет">
            Они появятся после первого заказа.
          </EmptyState>
        }
      />
    </>
  );
}
