import { IconDownload } from '@tabler/icons-react';
import { useLocale, useTranslations } from 'use-intl';
import { Callout } from '#web/ui/callout.tsx';
import { Card } from '#web/ui/card.tsx';
import { CopyField } from '#web/ui/copy-field.tsx';
import { KeyValue } from '#web/ui/key-value.tsx';
import { Stack } from '#web/ui/layout.tsx';
import { LinkButton } from '#web/ui/link-button.tsx';
import { Money, useMoneyText } from '#web/ui/money.tsx';
import { Steps } from '#web/ui/steps.tsx';
import { useWords } from '#web/ui/use-words.ts';
import type { PaymentDetailWire } from '../../contract.ts';

type Props = { payment: PaymentDetailWire };

/** What to transfer, where to, and what happens then. */
export function AwaitedTransfer({ payment }: Props) {
  const text = useTranslations('payments.back');
  const moneyText = useMoneyText();
  const { minor, currency } = payment.amount;
  return (
    <Stack>
      <Card title={text('transfer')}>
        <Steps
          steps={[
            {
              id: 'take',
              label: text('transferMade'),
              state: 'waiting',
              detail: text('transferMadeHelp'),
            },
            {
              id: 'send',
              label: text('transferSend', { amount: moneyText(minor, currency) }),
              state: 'ahead',
              detail: text('transferSendHelp'),
            },
            {
              id: 'done',
              label: text('transferDone'),
              state: 'ahead',
              detail: text('transferDoneHelp'),
            },
          ]}
        />
      </Card>
      <Details payment={payment} />
    </Stack>
  );
}

function Details({ payment }: Props) {
  const text = useTranslations('payments.back');
  const pay = useTranslations('payments.pay');
  const language = useLocale();
  const words = useWords();
  const { transferTo: to, invoiceId, invoiceNumber } = payment;
  if (!to) return <Callout tone="wait">{text('noDetails')}</Callout>;
  const copied = (name: string, value: string) => ({
    label: name,
    value: <CopyField label={name} value={value} />,
  });
  const purpose = invoiceNumber
    ? text('purposeInvoice', { number: invoiceNumber })
    : text('purposeBalance', { id: payment.id });
  return (
    <Card
      title={text('details')}
      actions={
        invoiceId && (
          <LinkButton
            size="small"
            icon={IconDownload}
            href={`/v1/invoices/${invoiceId}/pdf?language=${language}`}
            download
          >
            {pay('details')}
          </LinkButton>
        )
      }
    >
      <KeyValue
        facts={[
          { label: text('sum'), value: <Money {...payment.amount} /> },
          copied(text('purpose'), purpose),
          { label: text('payee'), value: words(to.payee) },
          copied(text('taxId'), to.taxId),
          copied(text('account'), to.account),
          { label: text('bank'), value: words(to.bank) },
          copied(text('bankCode'), to.bankCode),
          to.correspondentAccount !== null &&
            copied(text('correspondent'), to.correspondentAccount),
        ]}
      />
    </Card>
  );
}
