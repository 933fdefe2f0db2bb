import { useQuery } from '@tanstack/react-query';
import { useTranslations } from 'use-intl';
import { apiQuery } from '#web/api-query.ts';
import { allowed, useSession } from '#web/panel/session.tsx';
import { adminPaths } from '#web/paths.ts';
import { Card } from '#web/ui/card.tsx';
import { KeyValue } from '#web/ui/key-value.tsx';
import { Link } from '#web/ui/link.tsx';
import { Money } from '#web/ui/money.tsx';
import { useWords } from '#web/ui/use-words.ts';

/** On a credit note: the payments its money can go back by. Until then it is on the balance. */
export function NoteRefundCard({ invoiceId }: { invoiceId: string }) {
  const text = useTranslations('payments.refunds');
  const words = useWords();
  const may = allowed(useSession(), 'payments.refund');
  const query = useQuery(
    apiQuery.payments.admin.list.queryOptions({
      input: { invoiceId, state: 'succeeded', limit: 20 },
      enabled: may,
    }),
  );
  if (!query.data || query.data.items.length === 0) return null;
  return (
    <Card title={text('backTitle')}>
      <p>{text('backHelp')}</p>
      <KeyValue
        facts={query.data.items.map(({ id, method, received, amount }) => ({
          label: <Link href={adminPaths.payment({ paymentId: id })}>{words(method)}</Link>,
          value: <Money {...(received ?? amount)} />,
        }))}
      />
    </Card>
  );
}
