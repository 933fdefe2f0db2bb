import { useQuery } from '@tanstack/react-query';
import { useTranslations } from 'use-intl';
import { api } from '#web/api.ts';
import { apiQuery } from '#web/api-query.ts';
import { usePathParams } from '#web/panel/use-path-params.ts';
import { adminPaths } from '#web/paths.ts';
import { Button } from '#web/ui/button.tsx';
import { Card } from '#web/ui/card.tsx';
import { DateInput } from '#web/ui/date-input.tsx';
import { FailureCallout } from '#web/ui/failure-callout.tsx';
import { Form } from '#web/ui/form.tsx';
import { Row, Stack } from '#web/ui/layout.tsx';
import { Money } from '#web/ui/money.tsx';
import { useNavigation } from '#web/ui/navigation.tsx';
import { PageHeader } from '#web/ui/page-header.tsx';
import { PageSkeleton } from '#web/ui/skeleton.tsx';
import { TextInput } from '#web/ui/text-input.tsx';
import { useForm } from '#web/ui/use-form.ts';
import { readAmount } from '#domains/payments/screens/read-amount.ts';
import {
  type DraftLine,
  draftLine,
  type FilledLine,
  FreeLineFields,
  sumOf,
} from './free-line-fields.tsx';

type Client = { id: string; title: string; currency: string };

/** An invoice of free lines for one client. */
export function NewInvoicePage() {
  const { clientId } = usePathParams(adminPaths.newInvoice);
  const query = useQuery(apiQuery.clients.clients.get.queryOptions({ input: { id: clientId } }));
  if (query.error) return <FailureCallout error={query.error} onRetry={query.refetch} />;
  if (!query.data) return <PageSkeleton />;
  const { kind, company, name, currency } = query.data;
  const title = kind === 'company' && company ? company : name;
  return <NewInvoice client={{ id: clientId, title, currency }} />;
}

function NewInvoice({ client }: { client: Client }) {
  const text = useTranslations('billing.screen.byHand');
  return (
    <>
      <PageHeader
        title={text('title', { title: client.title })}
        lead={text('lead')}
        crumbs={[{ label: client.title, href: adminPaths.client({ clientId: client.id }) }]}
      />
      <Card>
        <InvoiceForm client={client} />
      </Card>
    </>
  );
}

function filled(line: DraftLine, currency: string): FilledLine | null {
  const price = readAmount(line.price, currency);
  const quantity = Number(line.quantity);
  if (!price || !Number.isInteger(quantity) || quantity < 1 || line.description.trim() === '') {
    return null;
  }
  return {
    description: line.description,
    quantity,
    priceMinor: price.minor,
    ...(line.from === '' ? {} : { from: line.from }),
    ...(line.through === '' ? {} : { through: line.through }),
  };
}

function InvoiceForm({ client }: { client: Client }) {
  const text = useTranslations('billing.screen.byHand');
  const navigation = useNavigation();
  const { currency } = client;
  const form = useForm({
    initial: { lines: [draftLine()] as readonly DraftLine[], dueOn: '', reason: '' },
    submit: ({ lines, dueOn, reason }, idempotencyKey) =>
      api.billing.adminInvoices.issue(
        {
          clientId: client.id,
          lines: lines.flatMap((line) => filled(line, currency) ?? []),
          dueOn,
          reason,
        },
        { context: { idempotencyKey } },
      ),
    onDone: ({ id }) => navigation.go(adminPaths.invoice({ invoiceId: id })),
  });
  const { lines, dueOn, reason } = form.values;
  const ready = lines.map((line) => filled(line, currency));
  const complete = ready.every((line) => line !== null) && dueOn !== '' && reason.trim() !== '';
  const change = (index: number, line: DraftLine) => form.set('lines', lines.with(index, line));
  return (
    <Form
      form={form}
      submit={text('submit')}
      amount={complete ? <Money minor={sumOf(ready)} currency={currency} /> : undefined}
      disabled={!complete}
      wide
    >
      <Stack>
        {lines.map((line, index) => (
          <FreeLineFields
            key={line.key}
            no={index + 1}
            line={line}
            onChange={(changed) => change(index, changed)}
            onRemove={
              lines.length > 1 ? () => form.set('lines', lines.toSpliced(index, 1)) : undefined
            }
          />
        ))}
        <Row>
          <Button onClick={() => form.set('lines', [...lines, draftLine()])}>{text('add')}</Button>
        </Row>
      </Stack>
      <DateInput {...form.field('dueOn')} label={text('dueOn')} />
      <TextInput {...form.field('reason')} label={text('reason')} help={text('reasonHelp')} />
    </Form>
  );
}
