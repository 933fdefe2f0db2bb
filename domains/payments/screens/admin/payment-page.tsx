import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslations } from 'use-intl';
import { api } from '#web/api.ts';
import { apiQuery } from '#web/api-query.ts';
import { allowed, useSession } from '#web/panel/session.tsx';
import { usePathParams } from '#web/panel/use-path-params.ts';
import { adminPaths } from '#web/paths.ts';
import { Button } from '#web/ui/button.tsx';
import { ConfirmDialog } from '#web/ui/confirm-dialog.tsx';
import { FailureCallout } from '#web/ui/failure-callout.tsx';
import { Columns, Stack } from '#web/ui/layout.tsx';
import { useMoneyText } from '#web/ui/money.tsx';
import { PageHeader } from '#web/ui/page-header.tsx';
import { useFailureText } from '#web/ui/refusal-text.ts';
import { PageSkeleton } from '#web/ui/skeleton.tsx';
import { useToast } from '#web/ui/toast.tsx';
import type { StaffPaymentDetailWire } from '../../contract.ts';
import { PaymentBadge } from '../payment-badge.tsx';
import { ConfirmTransfer } from './confirm-transfer.tsx';
import { NotificationsCard } from './notifications-card.tsx';
import { PaymentFacts } from './payment-facts.tsx';
import { RefundDialog } from './refund-dialog.tsx';
import { RefundsCard } from './refunds-card.tsx';

type Props = { payment: StaffPaymentDetailWire };

/** One payment with everything its gateway told us, and what staff may do about it. */
export function StaffPaymentPage() {
  const { paymentId } = usePathParams(adminPaths.payment);
  const query = useQuery(apiQuery.payments.admin.get.queryOptions({ input: { id: paymentId } }));
  if (query.data) return <PaymentScreen payment={query.data} />;
  if (query.error) return <FailureCallout error={query.error} onRetry={query.refetch} />;
  return <PageSkeleton />;
}

function PaymentScreen({ payment }: Props) {
  const text = useTranslations('payments');
  const moneyText = useMoneyText();
  const session = useSession();
  const mayConfirm = allowed(session, 'payments.confirm');
  const mayRefund = allowed(session, 'payments.refund');
  const [refunding, setRefunding] = useState(false);
  const { minor, currency } = payment.amount;
  return (
    <>
      <PageHeader
        title={text('one', { amount: moneyText(minor, currency) })}
        crumbs={[{ label: text('staff.title'), href: adminPaths.payments() }]}
        status={<PaymentBadge state={payment.state} />}
        actions={
          <>
            {mayConfirm && <Actions payment={payment} />}
            {mayRefund && payment.refundable.minor > 0 && (
              <Button onClick={() => setRefunding(true)}>{text('refunds.ask')}</Button>
            )}
          </>
        }
      />
      <Columns main>
        <Stack>
          <RefundsCard payment={payment} />
          <NotificationsCard payment={payment} />
        </Stack>
        <PaymentFacts payment={payment} />
      </Columns>
      <RefundDialog payment={payment} open={refunding} onClose={() => setRefunding(false)} />
    </>
  );
}

function Actions({ payment }: Props) {
  if (payment.kind === 'page') return <AskGateway payment={payment} />;
  if (payment.state !== 'pending') return null;
  return <TransferActions payment={payment} />;
}

/** A lost notification, a doubt: the gateway's own present word. */
function AskGateway({ payment }: Props) {
  const text = useTranslations('payments');
  const say = useToast();
  const failureText = useFailureText();
  const queries = useQueryClient();
  const ask = useMutation({
    mutationFn: () => api.payments.admin.readAgain({ id: payment.id }),
    onSuccess: async ({ state }) => {
      say(text('staff.readDone', { state: text(`states.${state}`) }), 'info');
      await queries.invalidateQueries({ queryKey: apiQuery.payments.key() });
    },
    onError: (error) => say(failureText(error), 'bad'),
  });
  return (
    <Button busy={ask.isPending} onClick={() => ask.mutate()}>
      {text('staff.readAgain')}
    </Button>
  );
}

function TransferActions({ payment }: Props) {
  const text = useTranslations('payments.staff');
  const queries = useQueryClient();
  const [open, setOpen] = useState<'confirm' | 'cancel' | null>(null);
  const close = () => setOpen(null);
  async function cancel() {
    await api.payments.admin.cancel({ id: payment.id });
    await queries.invalidateQueries({ queryKey: apiQuery.payments.key() });
  }
  return (
    <>
      <Button tone="danger" onClick={() => setOpen('cancel')}>
        {text('cancel')}
      </Button>
      <Button tone="primary" onClick={() => setOpen('confirm')}>
        {text('confirm')}
      </Button>
      <ConfirmTransfer payment={payment} open={open === 'confirm'} onClose={close} />
      <ConfirmDialog
        open={open === 'cancel'}
        onClose={close}
        title={text('cancelTitle')}
        confirm={text('cancel')}
        onConfirm={cancel}
      >
        {text('cancelHelp')}
      </ConfirmDialog>
    </>
  );
}
