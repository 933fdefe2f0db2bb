import { useQueryClient } from '@tanstack/react-query';
import { useLocale, useTranslations } from 'use-intl';
import { decimalOf, money } from '#kit/money.ts';
import { api } from '#web/api.ts';
import { Callout } from '#web/ui/callout.tsx';
import { Dialog } from '#web/ui/dialog.tsx';
import { Form } from '#web/ui/form.tsx';
import { Money, useMoneyText } from '#web/ui/money.tsx';
import { TextInput } from '#web/ui/text-input.tsx';
import { useToast } from '#web/ui/toast.tsx';
import { useForm } from '#web/ui/use-form.ts';
import type { StaffPaymentDetailWire } from '../../contract.ts';
import { readAmount } from '../read-amount.ts';

type Props = { payment: StaffPaymentDetailWire; open: boolean; onClose: () => void };

/** What really arrived on the account, which may be less or more than was asked. */
export function ConfirmTransfer({ open, ...rest }: Props) {
  const text = useTranslations('payments.staff');
  return (
    <Dialog open={open} onClose={rest.onClose} title={text('confirmTitle')}>
      <Fields {...rest} />
    </Dialog>
  );
}

function Fields({ payment, onClose }: Omit<Props, 'open'>) {
  const text = useTranslations('payments.staff');
  const locale = useLocale();
  const moneyText = useMoneyText();
  const say = useToast();
  const queries = useQueryClient();
  const { minor, currency } = payment.amount;
  const asked = decimalOf(money(BigInt(minor), currency));
  const form = useForm({
    initial: { received: locale === 'ru' ? asked.replace('.', ',') : asked },
    submit: ({ received }, idempotencyKey) =>
      api.payments.admin.confirm(
        { id: payment.id, received: readAmount(received, currency) ?? { minor: 0, currency } },
        { context: { idempotencyKey } },
      ),
    onDone: ({ received, amount }) => {
      const booked = received ?? amount;
      say(text('confirmDone', { amount: moneyText(booked.minor, booked.currency) }));
      void queries.invalidateQueries();
      onClose();
    },
  });
  const read = readAmount(form.values.received, currency);
  const field = form.field('received');
  return (
    <Form
      form={form}
      submit={text('confirmSubmit')}
      amount={read ? <Money {...read} /> : undefined}
      disabled={!read}
      wide
    >
      <p>{text('confirmHelp')}</p>
      {payment.invoice?.due.minor === 0 && (
        <Callout tone="wait">
          {text('confirmPaid', {
            number: payment.invoice.number,
            state: text(payment.invoice.state === 'void' ? 'invoiceVoid' : 'invoicePaid'),
          })}
        </Callout>
      )}
      <TextInput
        {...field}
        label={text('confirmAmount')}
        refusal={field.refusal ?? (read ? undefined : text('amountUnread'))}
        inputMode="decimal"
        autoComplete="off"
      />
    </Form>
  );
}
