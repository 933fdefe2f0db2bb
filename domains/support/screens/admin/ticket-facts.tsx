import { useQueryClient } from '@tanstack/react-query';
import { useTranslations } from 'use-intl';
import { api } from '#web/api.ts';
import { apiQuery } from '#web/api-query.ts';
import { adminPaths } from '#web/paths.ts';
import { Card } from '#web/ui/card.tsx';
import { DateText } from '#web/ui/date-text.tsx';
import { Form } from '#web/ui/form.tsx';
import { KeyValue } from '#web/ui/key-value.tsx';
import { Stack } from '#web/ui/layout.tsx';
import { Link } from '#web/ui/link.tsx';
import { Select } from '#web/ui/select.tsx';
import { useToast } from '#web/ui/toast.tsx';
import { useForm } from '#web/ui/use-form.ts';
import { useWords } from '#web/ui/use-words.ts';
import { TICKET_PRIORITIES, TICKET_STATES } from '../../support-words.ts';
import { AboutLink } from '../about-link.tsx';
import type { StaffTicket } from '../support-view.ts';

type Props = { ticket: StaffTicket; mayWrite: boolean };

/** Whose ticket it is, and where it belongs. */
export function TicketFacts({ ticket, mayWrite }: Props) {
  const text = useTranslations('support');
  const words = useWords();
  const { state, department, priority, assignee } = ticket;
  return (
    <Card title={text('staff.facts')}>
      <Stack>
        <KeyValue
          facts={[
            {
              label: text('fields.number'),
              value: <span className="ui-mono">{ticket.number}</span>,
            },
            {
              label: text('fields.client'),
              value: (
                <Link href={adminPaths.client({ clientId: ticket.clientId })}>
                  {ticket.clientName}
                </Link>
              ),
            },
            ticket.about !== null && {
              label: text('fields.about'),
              value: <AboutLink about={ticket.about} panel="admin" />,
            },
            !mayWrite && { label: text('fields.department'), value: words(department.title) },
            !mayWrite && {
              label: text('fields.assignee'),
              value: assignee?.name ?? text('fields.nobody'),
            },
            { label: text('fields.createdAt'), value: <DateText at={ticket.createdAt} time /> },
          ]}
        />
        {mayWrite && (
          <PlaceForm
            key={[state, department.key, priority, assignee?.id].join(' ')}
            ticket={ticket}
          />
        )}
      </Stack>
    </Card>
  );
}

function PlaceForm({ ticket }: { ticket: StaffTicket }) {
  const text = useTranslations('support');
  const words = useWords();
  const say = useToast();
  const queries = useQueryClient();
  const form = useForm({
    initial: {
      state: ticket.state,
      department: ticket.department.key,
      priority: ticket.priority,
      assigneeId: ticket.assignee?.id ?? '',
    },
    submit: ({ assigneeId, ...values }) =>
      api.support.admin.change({ id: ticket.id, ...values, assigneeId: assigneeId || null }),
    onDone: () => {
      say(text('staff.saved'));
      void queries.invalidateQueries({ queryKey: apiQuery.support.key() });
    },
  });
  return (
    <Form form={form} submit={text('staff.save')} wide>
      <Select
        {...form.field('assigneeId')}
        label={text('fields.assignee')}
        placeholder={text('fields.nobody')}
        options={ticket.colleagues.map(({ id, name }) => ({ value: id, label: name }))}
      />
      <Select
        {...form.field('department')}
        label={text('fields.department')}
        options={ticket.departments.map(({ key, title }) => ({ value: key, label: words(title) }))}
      />
      <Select
        {...form.field('priority')}
        label={text('fields.priority')}
        options={TICKET_PRIORITIES.map((value) => ({ value, label: text(`priorities.${value}`) }))}
      />
      <Select
        {...form.field('state')}
        label={text('fields.state')}
        options={TICKET_STATES.map((value) => ({ value, label: text(`states.${value}`) }))}
      />
    </Form>
  );
}
