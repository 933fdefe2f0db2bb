import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslations } from 'use-intl';
import { api } from '#web/api.ts';
import { apiQuery } from '#web/api-query.ts';
import { Button } from '#web/ui/button.tsx';
import { Callout } from '#web/ui/callout.tsx';
import { Form } from '#web/ui/form.tsx';
import { Select } from '#web/ui/select.tsx';
import { Textarea } from '#web/ui/textarea.tsx';
import { useToast } from '#web/ui/toast.tsx';
import { useForm } from '#web/ui/use-form.ts';
import { TEXT_CHARS_MAX } from '../../support-words.ts';
import type { StaffTicket } from '../support-view.ts';

const AFTER = ['answered', 'waiting', 'closed'] as const;

/**
 * An answer to what was on the screen when it was begun: what came meanwhile is said and has to be
 * seen before it can be sent.
 */
export function ReplyForm({ ticket }: { ticket: StaffTicket }) {
  const text = useTranslations('support');
  const say = useToast();
  const queries = useQueryClient();
  const reload = () => queries.invalidateQueries({ queryKey: apiQuery.support.key() });
  const [seen, setSeen] = useState(ticket.revision);
  const form = useForm({
    initial: { text: '', state: 'answered' as (typeof AFTER)[number] },
    submit: async (values) => {
      try {
        return await api.support.admin.reply({ id: ticket.id, revision: seen, ...values });
      } catch (error) {
        await reload();
        throw error;
      }
    },
    onDone: ({ revision }) => {
      form.reset();
      setSeen(revision);
      say(text('staff.sent'));
      void reload();
    },
  });
  const isBegun = form.values.text !== '';
  const isBehind = ticket.revision > seen;
  if (isBehind && !isBegun) setSeen(ticket.revision);
  return (
    <Form form={form} submit={text('staff.send')} wide disabled={form.values.text.trim() === ''}>
      {isBehind && isBegun && (
        <Callout
          tone="wait"
          announce
          title={text('staff.changedTitle')}
          actions={
            <Button size="small" onClick={() => setSeen(ticket.revision)}>
              {text('staff.seen')}
            </Button>
          }
        >
          {text('staff.changed')}
        </Callout>
      )}
      {ticket.replies.length > 0 && (
        <Select
          label={text('staff.prepared')}
          optional
          value=""
          placeholder="—"
          options={ticket.replies.map(({ title }, index) => ({
            value: String(index),
            label: title,
          }))}
          onChange={(index) => {
            const prepared = ticket.replies[Number(index)]?.text ?? '';
            form.set('text', [form.values.text, prepared].filter(Boolean).join('\n\n'));
          }}
        />
      )}
      <Textarea
        {...form.field('text')}
        label={text('staff.replyLabel')}
        rows={8}
        maxLength={TEXT_CHARS_MAX}
      />
      <Select
        {...form.field('state')}
        label={text('staff.after')}
        options={AFTER.map((value) => ({ value, label: text(`states.${value}`) }))}
      />
    </Form>
  );
}
