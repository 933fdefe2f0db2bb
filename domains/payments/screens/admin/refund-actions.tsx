import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useTranslations } from 'use-intl';
import { api } from '#web/api.ts';
import { allowed, useSession } from '#web/panel/session.tsx';
import { Button } from '#web/ui/button.tsx';
import { Row } from '#web/ui/layout.tsx';
import { useMoneyText } from '#web/ui/money.tsx';
import { useFailureText } from '#web/ui/refusal-text.ts';
import { useToast } from '#web/ui/toast.tsx';
import type { StaffRefundWire } from '../../refund-contract.ts';

type Act = 'retry' | 'sent' | 'cancel';

/** What staff may do with a refund that is not done: ask again, or say what became of a transfer. */
export function RefundActions({ refund }: { refund: StaffRefundWire }) {
  const may = allowed(useSession(), 'payments.refund');
  if (!may || refund.state === 'done') return null;
  if (refund.kind === 'page') return <ActButton refund={refund} act="retry" />;
  if (refund.state === 'failed') return null;
  return (
    <Row gap={2}>
      <ActButton refund={refund} act="sent" />
      <ActButton refund={refund} act="cancel" />
    </Row>
  );
}

function ActButton({ refund, act }: { refund: StaffRefundWire; act: Act }) {
  const text = useTranslations('payments.refunds');
  const say = useToast();
  const moneyText = useMoneyText();
  const failureText = useFailureText();
  const queries = useQueryClient();
  const run = useMutation({
    mutationFn: () => api.payments.admin.refunds[act]({ id: refund.id }),
    onSuccess: async ({ state, amount }) => {
      say(
        text(`said.${state}`, { amount: moneyText(amount.minor, amount.currency) }),
        state === 'failed' && act === 'retry' ? 'bad' : 'info',
      );
      await queries.invalidateQueries();
    },
    onError: (error) => say(failureText(error), 'bad'),
  });
  return (
    <Button size="small" busy={run.isPending} onClick={() => run.mutate()}>
      {text(`acts.${act}`)}
    </Button>
  );
}
