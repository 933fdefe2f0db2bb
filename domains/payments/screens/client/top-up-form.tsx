import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useTranslations } from 'use-intl';
import { api } from '#web/api.ts';
import { apiQuery } from '#web/api-query.ts';
import { clientPaths } from '#web/paths.ts';
import { Button } from '#web/ui/button.tsx';
import { Callout } from '#web/ui/callout.tsx';
import { Card } from '#web/ui/card.tsx';
import { FailureCallout } from '#web/ui/failure-callout.tsx';
import { Form } from '#web/ui/form.tsx';
import { Money, useMoneyText } from '#web/ui/money.tsx';
import { useNavigation } from '#web/ui/navigation.tsx';
import { RadioCards } from '#web/ui/radio-cards.tsx';
import { CardSkeleton } from '#web/ui/skeleton.tsx';
import { TextInput } from '#web/ui/text-input.tsx';
import { useForm } from '#web/ui/use-form.ts';
import { useWords } from '#web/ui/use-words.ts';
import { readAmount } from '../read-amount.ts';
import type { PayMethods } from './pay-methods.ts';

/** Puts money on the balance, by any way the shop has. */
export function TopUpForm() {
  const text = useTranslations('payments.balance');
  const methods = useQuery(apiQuery.payments.methods.queryOptions({ input: {} }));
  if (methods.error) return <FailureCallout error={methods.error} onRetry={methods.refetch} />;
  if (!methods.data) return <CardSkeleton />;
  return (
    <Card title={text('topUp')}>
      {methods.data.methods.length > 0 ? (
        <Fields {...methods.data} />
      ) : (
        <Callout tone="wait">{text('noMethods')}</Callout>
      )}
    </Card>
  );
}

/** Whole amounts of the currency, offered beside the field. */
const QUICK = [1_000, 5_000, 10_000];

function Fields({ balance: { currency }, methods }: PayMethods) {
  const text = useTranslations('payments.balance');
  const words = useWords();
  const moneyText = useMoneyText();
  const navigation = useNavigation();
  const queries = useQueryClient();
  const form = useForm({
    initial: { amount: '', gatewayId: methods[0]?.id ?? '' },
    submit: ({ amount, gatewayId }, idempotencyKey) =>
      api.payments.start(
        { amount: readAmount(amount, currency) ?? { minor: 0, currency }, gatewayId },
        { context: { idempotencyKey } },
      ),
    onDone: ({ id, redirectUrl }) => {
      void queries.invalidateQueries({ queryKey: apiQuery.payments.key() });
      if (redirectUrl) globalThis.location.assign(redirectUrl);
      else navigation.go(clientPaths.payment({ paymentId: id }));
    },
  });
  const amount = readAmount(form.values.amount, currency);
  const isTransfer = methods.some(
    ({ id, kind }) => id === form.values.gatewayId && kind === 'transfer',
  );
  const verb = isTransfer ? 'transferSubmit' : amount ? 'submit' : 'submitPlain';
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
      <RadioCards
        {...form.field('gatewayId')}
        label={text('how')}
        options={methods.map(({ id, title, kind }) => ({
          value: id,
          label: words(title),
          help: text(kind === 'transfer' ? 'transferHelp' : 'pageHelp'),
        }))}
      />
    </Form>
  );
}
