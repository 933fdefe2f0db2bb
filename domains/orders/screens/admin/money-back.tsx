import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useLocale, useTranslations } from 'use-intl';
import { formatDate } from '#kit/format-date.ts';
import { api } from '#web/api.ts';
import { apiQuery } from '#web/api-query.ts';
import { allowed, useSession } from '#web/panel/session.tsx';
import { adminPaths } from '#web/paths.ts';
import { Button } from '#web/ui/button.tsx';
import { Dialog } from '#web/ui/dialog.tsx';
import { FailureCallout } from '#web/ui/failure-callout.tsx';
import { Form } from '#web/ui/form.tsx';
import { KeyValue } from '#web/ui/key-value.tsx';
import { Money } from '#web/ui/money.tsx';
import { useNavigation } from '#web/ui/navigation.tsx';
import { CardSkeleton } from '#web/ui/skeleton.tsx';
import { TextInput } from '#web/ui/text-input.tsx';
import { useForm } from '#web/ui/use-form.ts';
import { useWords } from '#web/ui/use-words.ts';

type Props = { subscription: { id: string; state: string; domainTitle: string } };

/** Gives a package back in full while that right lasts; the money goes to the client's balance. */
export function MoneyBack({ subscription }: Props) {
  const text = useTranslations('orders.moneyBack');
  const may = allowed(useSession(), 'payments.refund');
  const [open, setOpen] = useState(false);
  const isLive = subscription.state === 'active' || subscription.state === 'suspended';
  if (!may || !isLive) return null;
  const close = () => setOpen(false);
  return (
    <>
      <Button onClick={() => setOpen(true)}>{text('open')}</Button>
      <Dialog
        open={open}
        onClose={close}
        title={text('title', { domain: subscription.domainTitle })}
      >
        <Offer subscriptionId={subscription.id} onClose={close} />
      </Dialog>
    </>
  );
}

type OfferProps = { subscriptionId: string; onClose: () => void };

function useOffer(subscriptionId: string) {
  return useQuery({
    ...apiQuery.orders.moneyBackOffer.queryOptions({ input: { subscriptionId } }),
    retry: false,
  });
}

function Offer(props: OfferProps) {
  const query = useOffer(props.subscriptionId);
  if (query.error) return <FailureCallout error={query.error} />;
  if (!query.data) return <CardSkeleton />;
  return <OfferForm {...props} offer={query.data} />;
}

type OfferFormProps = OfferProps & {
  offer: NonNullable<ReturnType<typeof useOffer>['data']>;
};

function OfferForm({ subscriptionId, offer, onClose }: OfferFormProps) {
  const text = useTranslations('orders.moneyBack');
  const locale = useLocale();
  const words = useWords();
  const queries = useQueryClient();
  const navigation = useNavigation();
  const form = useForm({
    initial: { reason: '' },
    submit: ({ reason }, idempotencyKey) =>
      api.orders.moneyBack(
        { subscriptionId, expected: offer.total, reason },
        { context: { idempotencyKey } },
      ),
    onDone: ({ notes: [note] }) => {
      void queries.invalidateQueries();
      onClose();
      if (note) navigation.go(adminPaths.invoice({ invoiceId: note.id }));
    },
  });
  return (
    <Form
      form={form}
      submit={text('submit')}
      amount={<Money {...offer.total} />}
      disabled={form.values.reason.trim() === ''}
      wide
    >
      <p>{text('words', { date: formatDate(offer.until, locale) })}</p>
      <KeyValue
        facts={offer.lines.map(({ description, back }) => ({
          label: words(description),
          value: back.minor > 0 ? <Money {...back} /> : text('notRefundable'),
        }))}
      />
      <TextInput {...form.field('reason')} label={text('reason')} help={text('reasonHelp')} />
    </Form>
  );
}
