import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useTranslations } from 'use-intl';
import { apiQuery } from '#web/api-query.ts';
import { Button } from '#web/ui/button.tsx';
import { Callout } from '#web/ui/callout.tsx';
import { Card } from '#web/ui/card.tsx';
import { FailureCallout } from '#web/ui/failure-callout.tsx';
import { Form } from '#web/ui/form.tsx';
import { Money, useMoneyText } from '#web/ui/money.tsx';
import { useNavigation } from '#web/ui/navigation.tsx';
import { CardSkeleton } from '#web/ui/skeleton.tsx';
import { TextInput } from '#web/ui/text-input.tsx';
import { useForm } from '#web/ui/use-form.ts';
import { readAmount } from '../read-amount.ts';
import { PayChoice } from '../pay/pay-choice.tsx';
import { isTransfer, NO_WAY, paymentHref, startPayment } from '../pay/pay-way.ts';
import type { PayMethods } from '../pay/pay-way.ts';

/** Puts money on the balance, by any way the shop has. */
export function TopUpForm() {
  const text = useTranslations('payments.balance');
  const methods = useQuery(apiQuery.payments.methods.queryOptions({ input: {} }));
  if (methods.error) return <FailureCallout error={methods.error} onRetry={methods.refetch} />;
  if (!methods.data) return <CardSkeleton />;
  return (
    <Card title={text('topUp')}>
      {methods.data.methods.length > 0 ? (
        <Fields pay={methods.data} />
      ) : (
        <Callout tone="wait">{text('noMethods')}</Callout>
      )}
    </Card>
  );
}

/** Whole amounts of the currency, offered beside the field. */
const QUICK = [1_000, 5_000, 10_000];

function Fields({ pay }: { pay: PayMethods }) {
  const { currency } = pay.balance;
  const text = useTranslations('payments.balance');
  const moneyText = useMoneyText();
  const navigation = useNavigation();
  const queries = useQueryClient();
  const form = useForm({
    initial: { amount: '', pay: NO_WAY },
    submit: ({ amount, pay: way }, idempotencyKey) => {
      const typed = readAmount(amount, currency) ?? { minor: 0, currency };
      return startPayment({ amount: typed }, way, idempotencyKey);
    },
    onDone: (payment) => {
      void queries.invalidateQueries({ queryKey: apiQuery.payments.key() });
      if (payment.redirectUrl) globalThis.location.assign(payment.redirectUrl);
      else navigation.go(paymentHref(payment));
    },
  });
  const amount = readAmount(form.values.amount, currency);
  const verb = isTransfer(pay, form.values.pay)
    ? 'transferSubmit'
    : amount
      ? 'submit'
      : 'submitPlain';
  return (
    <Form form={form} submit={text(verb)} amount={amount ? <Money {...amount} /> : undefined} wide>
      <TextInput
        {...form.field('amount')}
        label={text('amount')}
        help={text('amountHelp')}
        inputMode="decimal"
        autoComplete="off"
        after={<span className="ui-muted payments-currency">{currency}</span>}
      />
      <div className="payments-quick" role="group" aria-label={text('quick')}>
        {QUICK.map((whole) => (
          <Button key={whole} size="small" onClick={() => form.set('amount', String(whole))}>
            {moneyText(readAmount(String(whole), currency)?.minor ?? 0, currency, { trim: true })}
          </Button>
        ))}
      </div>
      <PayChoice
        pay={pay}
        due={amount ?? { minor: 0, currency }}
        purpose="top-up"
        value={form.values.pay}
        onChange={(way) => form.set('pay', way)}
      />
    </Form>
  );
}
