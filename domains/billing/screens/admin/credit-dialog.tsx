import { useQueryClient } from '@tanstack/react-query';
import { useLocale, useTranslations } from 'use-intl';
import { formatDate } from '#kit/format-date.ts';
import { api } from '#web/api.ts';
import { Checkbox } from '#web/ui/checkbox.tsx';
import { Dialog } from '#web/ui/dialog.tsx';
import { Form } from '#web/ui/form.tsx';
import { Stack } from '#web/ui/layout.tsx';
import { useMoneyText } from '#web/ui/money.tsx';
import { RadioCards } from '#web/ui/radio-cards.tsx';
import { TextInput } from '#web/ui/text-input.tsx';
import { type FormState, useForm } from '#web/ui/use-form.ts';
import type { StaffInvoiceDetail } from '../invoice-wire-types.ts';

type Props = { invoice: StaffInvoiceDetail; open: boolean; onClose: () => void };
type Values = { how: 'unused' | 'full'; lineNos: readonly number[]; reason: string };

/** Gives back what is unused of chosen lines, or a package in full while that right lasts. */
export function CreditDialog({ invoice, open, onClose }: Props) {
  const text = useTranslations('billing.screen.credit');
  const { number } = invoice;
  return (
    <Dialog open={open} onClose={onClose} title={text('title', { number })}>
      <CreditForm invoice={invoice} onClose={onClose} />
    </Dialog>
  );
}

function CreditForm({ invoice, onClose }: Omit<Props, 'open'>) {
  const text = useTranslations('billing.screen.credit');
  const locale = useLocale();
  const queries = useQueryClient();
  const initial: Values = { how: 'unused', lineNos: [], reason: '' };
  const form = useForm({
    initial,
    submit: ({ how, lineNos, reason }, idempotencyKey) =>
      api.billing.adminInvoices.credit(
        { id: invoice.id, how, lineNos: [...lineNos], reason },
        { context: { idempotencyKey } },
      ),
    onDone: () => {
      void queries.invalidateQueries();
      onClose();
    },
  });
  const until = invoice.fullRefundUntil;
  const incomplete = form.values.lineNos.length === 0 || form.values.reason.trim() === '';
  return (
    <Form form={form} submit={text('submit')} disabled={incomplete} wide>
      <p>{text('words')}</p>
      <RadioCards
        {...form.field('how')}
        label={text('how')}
        options={[
          { value: 'unused', label: text('unused'), help: text('unusedHelp') },
          {
            value: 'full',
            label: text('full'),
            help: until ? text('fullHelp', { date: formatDate(until, locale) }) : text('fullOver'),
            disabled: until === null,
          },
        ]}
      />
      <LineChoice invoice={invoice} form={form} />
      <TextInput {...form.field('reason')} label={text('reason')} help={text('reasonHelp')} />
    </Form>
  );
}

function LineChoice({ invoice, form }: { invoice: StaffInvoiceDetail; form: FormState<Values> }) {
  const text = useTranslations('billing.screen.credit');
  const locale = useLocale();
  const moneyText = useMoneyText();
  const { how, lineNos } = form.values;
  const amountOf = (no: number, kind: string) => {
    const credit = invoice.creditable.find((one) => one.no === no);
    return how === 'full' && kind === 'package' ? credit?.left : credit?.unused;
  };
  return (
    <fieldset className="ui-field">
      <legend className="ui-field-label ui-legend">{text('lines')}</legend>
      <Stack gap={2}>
        {invoice.lines.map((line) => {
          const amount = amountOf(line.no, line.kind);
          const some = amount !== undefined && amount.minor > 0;
          return (
            <Checkbox
              key={line.no}
              label={text('line', {
                what: line.description[locale === 'ru' ? 'ru' : 'en'],
                amount: some ? moneyText(amount.minor, amount.currency) : text('nothing'),
              })}
              disabled={!some}
              checked={some && lineNos.includes(line.no)}
              onChange={(on) => {
                const others = lineNos.filter((no) => no !== line.no);
                form.set('lineNos', on ? [...others, line.no] : others);
              }}
            />
          );
        })}
      </Stack>
    </fieldset>
  );
}
