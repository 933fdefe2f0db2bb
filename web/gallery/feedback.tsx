import { IconServer } from '@tabler/icons-react';
import { useState } from 'react';
import { Button } from '../ui/button.tsx';
import { Callout } from '../ui/callout.tsx';
import { Card } from '../ui/card.tsx';
import { ConfirmDialog } from '../ui/confirm-dialog.tsx';
import { Dialog } from '../ui/dialog.tsx';
import { EmptyState } from '../ui/empty-state.tsx';
import { ErrorPage } from '../ui/error-page.tsx';
import { NotFoundPage } from '../ui/not-found-page.tsx';
import { Columns, Row, Stack } from '../ui/layout.tsx';
import { PageHeader } from '../ui/page-header.tsx';
import { CardSkeleton } from '../ui/skeleton.tsx';
import { useToast } from '../ui/toast.tsx';

export function Feedback() {
  const say = useToast();
  const [dialog, setDialog] = useState<'plain' | 'typed' | null>(null);
  const close = () => setDialog(null);
  return (
    <>
      <PageHeader title="Сообщения" />
      <Columns>
        <Stack>
          <Callout tone="good" title="Лицензия выпущена">
            Ключ действует, WHMCS можно установить.
          </Callout>
          <Callout
            tone="wait"
            title="Ждём поставщика"
            actions={<Button size="small">Отменить заказ</Button>}
          >
            Обычно это занимает минуту. Страницу можно закрыть.
          </Callout>
          <Callout tone="bad" announce>
            Карта отклонена банком. Попробуйте другую.
          </Callout>
          <Callout tone="info">С 3 апреля лицензия WHMCS продаётся отдельно.</Callout>
          <Row>
            <Button onClick={() => setDialog('plain')}>Окно</Button>
            <Button tone="danger" onClick={() => setDialog('typed')}>
              Удалить лицензию
            </Button>
            <Button onClick={() => say('Настройки сохранены')}>Сказать</Button>
            <Button onClick={() => say('Не получилось', 'bad')}>Пожаловаться</Button>
          </Row>
        </Stack>
        <Stack>
          <Card>
            <EmptyState
              icon={IconServer}
              title="Пакетов пока нет"
              actions={<Button tone="primary">Выбрать пакет</Button>}
            >
              Выберите план, и через минуту после оплаты он появится здесь.
            </EmptyState>
          </Card>
          <CardSkeleton />
          <Card>
            <ErrorPage
              error={{ code: 'unexpected', data: { params: { id: '5f0c2d1e' } } }}
              onRetry={() => {}}
            />
          </Card>
          <Card>
            <NotFoundPage homeHref="/gallery" />
          </Card>
        </Stack>
      </Columns>
      <Dialog open={dialog === 'plain'} onClose={close} title="Сменить план">
        <p>Новый план начнёт действовать сразу.</p>
      </Dialog>
      <ConfirmDialog
        open={dialog === 'typed'}
        onClose={close}
        title="Удалить лицензию WHMCS"
        confirm="Удалить лицензию"
        typed="example.ru"
        onConfirm={async () => say('Лицензия удалена')}
      >
        Ключ перестанет работать сразу и навсегда. Деньги за оставшийся срок не возвращаются.
      </ConfirmDialog>
    </>
  );
}
