import {
  BALANCE,
  NO_WAY,
  paymentHref,
  startPayment,
} from '#domains/payments/screens/pay/pay-way.ts';
import { useQueryClient } from '@tanstack/react-query';
import { useTranslations } from 'use-intl';
import { clientPaths } from '#web/paths.ts';
import { Form } from '#web/ui/form.tsx';
import { Money } from '#web/ui/money.tsx';
import { useNavigation } from '#web/ui/navigation.tsx';
import { useToast } from '#web/ui/toast.tsx';
import { useForm } from '#web/ui/use-form.ts';
import { ComponentMoves } from './component-moves.tsx';
import { planCalls } from './plan-access.ts';
import type { By, PlanChangeView, PlannedPackage } from './plan-access.ts';
import { PlanChangeLines } from './plan-change-lines.tsx';
import { PlanPayChoice, WAIT } from './plan-pay-choice.tsx';

type Props = {
  subscription: PlannedPackage;
  by: By;
  change: PlanChangeView;
  drop: string[];
  onDrop: (drop: string[]) => void;
  onClose: () => void;
};

/** Confirms a change of the plan at the price above the button. */
export function PlanChangeForm({ subscription, by, change, drop, onDrop, onClose }: Props) {
  const text = useTranslations('orders.plan');
  const queries = useQueryClient();
  const navigation = useNavigation();
  const say = useToast();
  const { netMinor, charge } = change;
  const { currency } = charge;
  const form = useForm({
    initial: { pay: netMinor > 0 ? NO_WAY : { way: BALANCE, save: false }, missingMinor: 0 },
    submit: async ({ pay, missingMinor }, idempotencyKey) => {
      const { way } = pay;
      const order = await planCalls(by).change(
        {
          subscriptionId: subscription.id,
          planId: change.planId,
          drop,
          expectedNetMinor: netMinor,
          payFromBalance: way === BALANCE,
        },
        { context: { idempotencyKey } },
      );
      if (way === BALANCE || way === WAIT) return { order, payment: null };
      const returnPath = clientPaths.package({ subscriptionId: subscription.id });
      const amount = { minor: missingMinor, currency };
      const payment = await startPayment({ amount, returnPath }, pay, `${idempotencyKey}-pay`);
      return { order, payment };
    },
    onDone: ({ order, payment }) => {
      void queries.invalidateQueries();
      onClose();
      if (payment?.redirectUrl) globalThis.location.assign(payment.redirectUrl);
      else if (payment) navigation.go(paymentHref(payment));
      else say(text(order.state === 'delivering' ? 'changing' : 'waiting'), 'good');
    },
  });
  const { way } = form.values.pay;
  const isTopUp = way !== '' && way !== BALANCE && way !== WAIT;
  return (
    <Form
      form={form}
      submit={text(isTopUp ? 'topUp' : netMinor > 0 ? 'submit' : 'submitFree')}
      amount={
        netMinor > 0 ? (
          <Money minor={isTopUp ? form.values.missingMinor : netMinor} currency={currency} />
        ) : undefined
      }
      disabled={way === ''}
      wide
    >
      <PlanChangeLines change={change} />
      <ComponentMoves {...{ subscription, change, drop, onDrop }} />
      <p className="ui-muted">{text(netMinor > 0 ? 'when' : 'whenFree')}</p>
      {netMinor > 0 && (
        <PlanPayChoice
          {...{ by, netMinor, currency, value: form.values.pay }}
          onChange={(pay, missingMinor) => form.setAll({ pay, missingMinor })}
        />
      )}
    </Form>
  );
}
