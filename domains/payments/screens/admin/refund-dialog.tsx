import { useQueryClient } from '@tanstack/react-query';
import { useLocale, useTranslations } from 'use-intl';
import { decimalOf, money } from '#kit/money.ts';
import { api } from '#web/api.ts';
import { Dialog } from '#web/ui/dialog.tsx';
import { Form } from '#web/ui/form.tsx';
import { Money, useMoneyText } from '#web/ui/money.tsx';
import { Select } from '#web/ui/select.tsx';
import { TextInput } from '#web/ui/text-input.tsx';
import { useToast } from '#web/ui/toast.tsx';
import { useForm } from '#web/ui/use-form.ts';
import { useWords } from '#web/ui/use-words.ts';
import type { StaffPaymentDetailWire } from '../../contract.ts';
import { readAmount } from '../read-amount.ts';

type Props = { payment: StaffPaymentDetailWire; open: boolean; onClose: () => void };

const BALANCE = 'balance';

/** Gives money of the balance, or of a credit note, back by the way the payment came. */
export function RefundDialog({ open, ...rest }: Props) {
  const text = useTranslations('payments.refunds');
  return (
    <Dialog open={open} onClose={rest.onClose} title={text('askTitle')}>
      <Fields {...rest} />
    </Dialog>
  );
}

function Fields({ payment, onClose }: Omit<Props, 'open'>) {
  const text = useTranslations('payments.refunds');
  const amountUnread = useTranslations('payments.staff')('amountUnread');
  const locale = useLocale();
  const words = useWords();
  const moneyText = useMoneyText();
  const say = useToast();
  const queries = useQueryClient();
  const { currency, minor } = payment.refundable;
  const decimal = decimalOf(money(BigInt(minor), currency));
  const form = useForm({
    initial: {
      creditNoteId: payment.notes[0]?.id ?? BALANCE,
      amount: locale === 'ru' ? decimal.replace('.', ',') : decimal,
      reason: '',
    },
    submit: ({ creditNoteId, amount, reason }, idempotencyKey) =>
      api.payments.admin.refunds.ask(
        {
          id: payment.id,
          ...(creditNoteId === BALANCE ? {} : { creditNoteId }),
          amount: readAmount(amount, currency) ?? { minor: 0, currency },
          reason,
        },
        { context: { idempotencyKey } },
      ),
    onDone: ({ state, amount }) => {
      say(
        text(`said.${state}`, { amount: moneyText(amount.minor, amount.currency) }),
        state === 'failed' ? 'bad' : 'good',
      );
      void queries.invalidateQueries();
      onClose();
    },
  });
  const read = readAmount(form.values.amount, currency);
  const field = form.field('amount');
  const sources = [
    { value: BALANCE, label: text('fromBalance') },
    ...payment.notes.map(({ id, number, left }) => ({
      value: id,
      label: text('fromNote', { number, left: moneyText(left.minor, left.currency) }),
    })),
  ];
  return (
    <Form
      form={form}
      submit={text('submit')}
      amount={read ? <Money {...read} /> : undefined}
      disabled={!read || form.values.reason.trim() === ''}
      wide
    >
      <p>
        {text(payment.kind === 'transfer' ? 'askTransfer' : 'askHelp', {
          method: words(payment.method),
          amount: moneyText(minor, currency),
        })}
      </p>
      <Select {...form.field('creditNoteId')} label={text('from')} options={sources} />
      <TextInput
        {...field}
        label={text('amount')}
        refusal={field.refusal ?? (read ? undefined : amountUnread)}
        inputMode="decimal"
        autoComplete="off"
      />
      <TextInput {...form.field('reason')} label={text('reason')} help={text('reasonHelp')} />
    </Form>
  );
}
