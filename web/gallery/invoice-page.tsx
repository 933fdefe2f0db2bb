import { IconDownload, IconReceipt } from '@tabler/icons-react';
import { usePathParams } from '../panel/use-path-params.ts';
import { StatusBadge } from '../ui/badge.tsx';
import { Button } from '../ui/button.tsx';
import { Card } from '../ui/card.tsx';
import { DateText } from '../ui/date-text.tsx';
import { Columns, Stack } from '../ui/layout.tsx';
import { Link } from '../ui/link.tsx';
import { Money } from '../ui/money.tsx';
import { PageHeader } from '../ui/page-header.tsx';
import { Steps } from '../ui/steps.tsx';
import { Table } from '../ui/table.tsx';
import { Timeline } from '../ui/timeline.tsx';
import { galleryPaths } from './gallery-shell.tsx';

const LINES = [
  { id: '1', words: 'Reseller Hosting Linux S, 12 месяцев', minor: 1200000 },
  { id: '2', words: 'Лицензия WHMCS, 287 из 365 дней', minor: 754849 },
];

export function InvoicePage() {
  const { number } = usePathParams(galleryPaths.record);
  return (
    <>
      <PageHeader
        title={`Счёт ${number}`}
        crumbs={[{ label: 'Счета', href: galleryPaths.table() }]}
        status={<StatusBadge tone="wait">ждёт оплаты</StatusBadge>}
        actions={
          <>
            <Button icon={IconDownload}>PDF</Button>
            <Button tone="primary">Подтвердить оплату</Button>
          </>
        }
      />
      <Columns main>
        <Stack>
          <Card title="Строки" flush>
            <Table
              label="Строки счёта"
              rows={LINES}
              rowKey={(line) => line.id}
              columns={[
                { id: 'words', header: 'Что', cell: (line) => line.words },
                {
                  id: 'sum',
                  header: 'Сумма',
                  align: 'end',
                  cell: (line) => <Money minor={line.minor} currency="RUB" />,
                },
              ]}
              foot={
                <tr>
                  <td>Итого с НДС 20 %</td>
                  <td className="ui-cell-end">
                    <Money minor={1954849} currency="RUB" />
                  </td>
                </tr>
              }
            />
          </Card>
          <Card title="История">
            <Timeline
              events={[
                {
                  id: 'c',
                  title: 'Продление',
                  when: <DateText on="2024-01-15" />,
                  ahead: true,
                  detail: 'Пакет 12 000,00 ₽ и лицензия WHMCS 9 600,00 ₽',
                },
                {
                  id: 'b',
                  title: 'Куплена лицензия WHMCS',
                  when: <DateText on="2023-04-03" />,
                  tone: 'good',
                  icon: IconReceipt,
                  detail: <Link href="/gallery/table">Счёт СТ-2023-00042</Link>,
                },
                {
                  id: 'a',
                  title: 'Куплен пакет',
                  when: <DateText on="2023-01-15" />,
                  tone: 'good',
                },
              ]}
            />
          </Card>
        </Stack>
        <Card title="Доставка">
          <Steps
            onRetry={() => {}}
            steps={[
              {
                id: '1',
                label: 'Оплата получена',
                state: 'done',
                startedAt: '2023-04-03T10:00:00Z',
                finishedAt: '2023-04-03T10:00:01Z',
              },
              {
                id: '2',
                label: 'Аккаунт создан',
                state: 'done',
                startedAt: '2023-04-03T10:00:01Z',
                finishedAt: '2023-04-03T10:01:14Z',
              },
              {
                id: '3',
                label: 'Выпускаем лицензию',
                state: 'doing',
                detail: 'Поставщик отвечает дольше обычного. Страницу можно закрыть.',
              },
              {
                id: '4',
                label: 'Выделенный IP',
                state: 'failed',
                detail: 'В пуле узла не осталось адресов.',
              },
              { id: '5', label: 'Письмо с доступом', state: 'ahead' },
            ]}
          />
        </Card>
      </Columns>
    </>
  );
}
