import { useQueryClient } from '@tanstack/react-query';
import { useTranslations } from 'use-intl';
import { api, type ApiClient } from '#web/api.ts';
import { apiQuery } from '#web/api-query.ts';
import { allowed, useSession } from '#web/panel/session.tsx';
import { Card } from '#web/ui/card.tsx';
import { DateText } from '#web/ui/date-text.tsx';
import { Form } from '#web/ui/form.tsx';
import { Select } from '#web/ui/select.tsx';
import { useToast } from '#web/ui/toast.tsx';
import { useForm } from '#web/ui/use-form.ts';

type Closing = Awaited<ReturnType<ApiClient['reports']['months']['list']>>['closing'];

const DAYS = [0, 1, 2, 3, 5, 7, 10, 14, 20, 25, 30];

/** Whether a book closes its months by itself, how long after their end, and when it does next. */
export function MonthClosing({
  closing,
  sellerId,
}: {
  closing: Closing;
  sellerId: string | undefined;
}) {
  const text = useTranslations('reports.month');
  const say = useToast();
  const queries = useQueryClient();
  const mayClose = allowed(useSession(), 'invoices.write');
  const form = useForm<{ afterDays: string }>({
    initial: { afterDays: closing ? String(closing.afterDays) : '' },
    submit: ({ afterDays }) =>
      api.reports.months.setClosing({
        sellerId,
        afterDays: afterDays === '' ? null : Number(afterDays),
      }),
    onDone: () => {
      say(text('closingSaved'));
      void queries.invalidateQueries({ queryKey: apiQuery.reports.key() });
    },
  });
  const days = [...new Set([...DAYS, closing?.afterDays ?? 0])].toSorted((a, b) => a - b);
  return (
    <Card title={text('closing')}>
      <Form form={form} submit={text('save')} disabled={!mayClose}>
        <Select
          label={text('closingWhen')}
          help={text('closingHelp')}
          placeholder={text('closingOff')}
          options={days.map((one) => ({
            value: String(one),
            label: text('closingAfter', { days: one }),
          }))}
          {...form.field('afterDays')}
        />
        {closing && (
          <p>{text.rich('closingNext', { date: () => <DateText on={closing.nextOn} /> })}</p>
        )}
      </Form>
    </Card>
  );
}
