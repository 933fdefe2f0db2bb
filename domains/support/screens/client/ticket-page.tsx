import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useLocale, useTimeZone, useTranslations } from 'use-intl';
import { formatInstant } from '#kit/format-date.ts';
import { api } from '#web/api.ts';
import { apiQuery } from '#web/api-query.ts';
import { usePathParams } from '#web/panel/use-path-params.ts';
import { clientPaths } from '#web/paths.ts';
import { Button } from '#web/ui/button.tsx';
import { Callout } from '#web/ui/callout.tsx';
import { Card } from '#web/ui/card.tsx';
import { ConfirmDialog } from '#web/ui/confirm-dialog.tsx';
import { DateText } from '#web/ui/date-text.tsx';
import { FailureCallout } from '#web/ui/failure-callout.tsx';
import { Form } from '#web/ui/form.tsx';
import { KeyValue } from '#web/ui/key-value.tsx';
import { Columns, Stack } from '#web/ui/layout.tsx';
import { LinkButton } from '#web/ui/link-button.tsx';
import { PageHeader } from '#web/ui/page-header.tsx';
import { PageSkeleton } from '#web/ui/skeleton.tsx';
import { Textarea } from '#web/ui/textarea.tsx';
import { useToast } from '#web/ui/toast.tsx';
import { useForm } from '#web/ui/use-form.ts';
import { useWords } from '#web/ui/use-words.ts';
import { TEXT_CHARS_MAX } from '../../support-words.ts';
import { AboutLink } from '../about-link.tsx';
import type { ClientTicket } from '../support-view.ts';
import { Talk } from '../talk.tsx';
import { ClientTicketBadge } from '../ticket-badges.tsx';

const LOOK_AGAIN_MS = 15_000;

/** One question of the client: what was written, and what to do next. */
export function TicketPage() {
  const { ticketId } = usePathParams(clientPaths.ticket);
  const query = useQuery({
    ...apiQuery.support.get.queryOptions({ input: { id: ticketId } }),
    refetchInterval: LOOK_AGAIN_MS,
  });
  if (query.data) return <TicketScreen ticket={query.data} />;
  if (query.error) return <FailureCallout error={query.error} onRetry={query.refetch} />;
  return <PageSkeleton />;
}

function TicketScreen({ ticket }: { ticket: ClientTicket }) {
  const text = useTranslations('support');
  const isOpen = ticket.state !== 'closed';
  return (
    <>
      <PageHeader
        title={ticket.subject}
        status={<ClientTicketBadge state={ticket.state} />}
        crumbs={[{ label: text('client.title'), href: clientPaths.tickets() }]}
        actions={isOpen && <CloseButton id={ticket.id} />}
      />
      <Columns main>
        <Stack>
          {ticket.openedBy === 'policy' && <Callout tone="info">{text('client.byPolicy')}</Callout>}
          <Talk messages={ticket.messages} reader="client" />
          {isOpen && <WriteForm key="reply" ticket={ticket} verb="reply" />}
          {!isOpen && <WhenClosed ticket={ticket} />}
        </Stack>
        <Facts ticket={ticket} />
      </Columns>
    </>
  );
}

function WhenClosed({ ticket }: { ticket: ClientTicket }) {
  const text = useTranslations('support.client');
  const locale = useLocale();
  const timeZone = useTimeZone() ?? 'UTC';
  if (ticket.reopenableUntil === null) {
    const ask = <LinkButton href={clientPaths.newTicket()}>{text('ask')}</LinkButton>;
    return (
      <Callout tone="info" actions={ask}>
        {text('tooLate')}
      </Callout>
    );
  }
  const until = formatInstant(ticket.reopenableUntil, locale, timeZone, 'date');
  return (
    <Card title={text('reopenTitle')}>
      <Stack>
        <p>{text('reopenHelp', { until })}</p>
        <WriteForm key="reopen" ticket={ticket} verb="reopen" />
      </Stack>
    </Card>
  );
}

function WriteForm({ ticket, verb }: { ticket: ClientTicket; verb: 'reply' | 'reopen' }) {
  const text = useTranslations('support.client');
  const say = useToast();
  const queries = useQueryClient();
  const form = useForm({
    initial: { text: '' },
    submit: (values, idempotencyKey) =>
      api.support[verb]({ id: ticket.id, ...values }, { context: { idempotencyKey } }),
    onDone: () => {
      form.reset();
      say(text('replied'));
      void queries.invalidateQueries({ queryKey: apiQuery.support.key() });
    },
  });
  return (
    <Form form={form} submit={text(verb)} wide disabled={form.values.text.trim() === ''}>
      <Textarea
        {...form.field('text')}
        label={text('replyLabel')}
        rows={5}
        maxLength={TEXT_CHARS_MAX}
      />
    </Form>
  );
}

function CloseButton({ id }: { id: string }) {
  const text = useTranslations('support.client');
  const say = useToast();
  const queries = useQueryClient();
  const [asking, setAsking] = useState(false);
  async function close() {
    await api.support.close({ id });
    say(text('closed'));
    await queries.invalidateQueries({ queryKey: apiQuery.support.key() });
  }
  return (
    <>
      <Button onClick={() => setAsking(true)}>{text('close')}</Button>
      <ConfirmDialog
        open={asking}
        onClose={() => setAsking(false)}
        title={text('closeTitle')}
        confirm={text('close')}
        final={false}
        onConfirm={close}
      >
        {text('closeHelp')}
      </ConfirmDialog>
    </>
  );
}

function Facts({ ticket }: { ticket: ClientTicket }) {
  const text = useTranslations('support');
  const words = useWords();
  return (
    <Card title={text('client.facts')}>
      <KeyValue
        facts={[
          {
            label: text('fields.number'),
            value: <span className="ui-mono">{ticket.number}</span>,
          },
          { label: text('fields.department'), value: words(ticket.department.title) },
          ticket.about !== null && {
            label: text('fields.about'),
            value: <AboutLink about={ticket.about} panel="client" />,
          },
          { label: text('fields.createdAt'), value: <DateText at={ticket.createdAt} time /> },
        ]}
      />
    </Card>
  );
}
