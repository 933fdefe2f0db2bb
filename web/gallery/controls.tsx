import { IconPlus, IconServer, IconTrash } from '@tabler/icons-react';
import { Badge, StatusBadge } from '../ui/badge.tsx';
import { Button } from '../ui/button.tsx';
import { Card } from '../ui/card.tsx';
import { CopyField } from '../ui/copy-field.tsx';
import { DateText } from '../ui/date-text.tsx';
import { IconButton } from '../ui/icon-button.tsx';
import { KeyValue } from '../ui/key-value.tsx';
import { Columns, Row, Stack } from '../ui/layout.tsx';
import { LinkButton } from '../ui/link-button.tsx';
import { Menu } from '../ui/menu.tsx';
import { Money } from '../ui/money.tsx';
import { PageHeader } from '../ui/page-header.tsx';
import { Tabs } from '../ui/tabs.tsx';

export function Controls() {
  return (
    <>
      <PageHeader
        title="Reseller Hosting Linux S"
        status={<StatusBadge tone="good">активен</StatusBadge>}
        lead="Пакет оплачен до 15 января 2024. Продление включит лицензию WHMCS."
        crumbs={[
          { label: 'Заказы', href: '/gallery/table' },
          { label: 'Reseller Hosting', href: '/gallery/table?status=active' },
        ]}
        actions={
          <>
            <Menu
              label="Ещё"
              trigger={(props) => <Button {...props}>Ещё</Button>}
              items={[
                { label: 'Сменить план', icon: IconServer, href: '/gallery/forms' },
                { kind: 'line' },
                { label: 'Удалить лицензию', icon: IconTrash, danger: true },
              ]}
            />
            <Button tone="primary" icon={IconPlus} amount={<Money minor={754849} currency="RUB" />}>
              Купить лицензию
            </Button>
          </>
        }
      />
      <Tabs
        tabs={[
          { id: 'all', label: 'Обзор' },
          { id: 'history', label: 'История', count: 12 },
        ]}
      />
      <Columns>
        <Card title="Кнопки">
          <Stack>
            <Row>
              <Button tone="primary">Продлить</Button>
              <Button>Отложить</Button>
              <Button tone="danger">Удалить лицензию</Button>
              <Button tone="final">Удалить навсегда</Button>
              <Button tone="quiet">Подробнее</Button>
            </Row>
            <Row>
              <Button tone="primary" busy>
                Оплачиваем
              </Button>
              <Button disabled>Нельзя</Button>
              <Button size="small">Малая</Button>
              <IconButton icon={IconTrash} label="Удалить строку" />
              <LinkButton href="/gallery/forms">Ссылка кнопкой</LinkButton>
            </Row>
            <Button
              tone="primary"
              size="large"
              wide
              amount={<Money minor={754849} currency="RUB" />}
            >
              Оплатить
            </Button>
          </Stack>
        </Card>
        <Card title="Состояния">
          <Row>
            <StatusBadge tone="good">оплачен</StatusBadge>
            <StatusBadge tone="wait">ждёт оплаты</StatusBadge>
            <StatusBadge tone="bad">просрочен</StatusBadge>
            <StatusBadge tone="info">создаётся</StatusBadge>
            <StatusBadge tone="idle">черновик</StatusBadge>
            <Badge>12 месяцев</Badge>
            <Badge icon={IconServer}>Linux</Badge>
          </Row>
        </Card>
        <Card title="Сведения" actions={<Button size="small">Изменить</Button>}>
          <KeyValue
            facts={[
              { label: 'Домен', value: <code>example.ru</code> },
              { label: 'Оплачено до', value: <DateText on="2024-01-15" /> },
              { label: 'Создан', value: <DateText at="2023-01-15T09:30:00Z" time /> },
              { label: 'Следующее продление', value: <Money minor={1754849} currency="RUB" /> },
              { label: 'Движение', value: <Money minor={80000} currency="RUB" sign /> },
              {
                label: 'Ключ',
                value: <CopyField label="ключ" value="WHMCS-abcdef012345" secret />,
              },
            ]}
          />
        </Card>
      </Columns>
    </>
  );
}
