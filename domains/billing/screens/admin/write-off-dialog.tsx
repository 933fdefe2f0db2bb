import { useQueryClient } from '@tanstack/react-query';
import { useTranslations } from 'use-intl';
import { api } from '#web/api.ts';
import { Dialog } from '#web/ui/dialog.tsx';
import { Form } from '#web/ui/form.tsx';
import { useMoneyText } from '#web/ui/money.tsx';
import { TextInput } from '#web/ui/text-input.tsx';
import { useForm } from '#web/ui/use-form.ts';
import type { StaffInvoiceDetail } from '../invoice-wire-types.ts';

type Props = { invoice: StaffInvoiceDetail; open: boolean; onClose: () => void };

/** Gives up what is due as a bad debt, with the reason on record. */
export function WriteOffDialog({ invoice, open, onClose }: Props) {
  const text = useTranslations('billing.screen.writeOff');
  const { number } = invoice;
  return (
    <Dialog open={open} onClose={onClose} title={text('title', { number })}>
      <WriteOffForm invoice={invoice} onClose={onClose} />
    </Dialog>
  );
}

function WriteOffForm({ invoice, onClose }: Omit<Props, 'open'>) {
  const text = useTranslations('billing.screen.writeOff');
  const moneyText = useMoneyText();
  const queries = useQueryClient();
  const form = useForm({
    initial: { reason: '' },
    submit: ({ reason }, idempotencyKey) =>
      api.billing.adminInvoices.writeOff(
        { id: invoice.id, reason },
        { context: { idempotencyKey } },
      ),
    onDone: () => {
      void queries.invalidateQueries();
      onClose();
    },
  });
  return (
    <Form form={form} submit={text('submit')} disabled={form.values.reason.trim() === ''} wide>
      <p>{text('words', { amount: moneyText(invoice.due.minor, invoice.due.currency) })}</p>
      <TextInput {...form.field('reason')} label={text('reason')} help={text('reasonHelp')} />
    </Form>
  );
}
