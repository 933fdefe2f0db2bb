import { useQuery } from '@tanstack/react-query';
import { useTranslations } from 'use-intl';
import { api } from '#web/api.ts';
import { apiQuery } from '#web/api-query.ts';
import { clientPaths } from '#web/paths.ts';
import { useAddress } from '#web/ui/address.tsx';
import { Card } from '#web/ui/card.tsx';
import { FailureCallout } from '#web/ui/failure-callout.tsx';
import { Form } from '#web/ui/form.tsx';
import { useNavigation } from '#web/ui/navigation.tsx';
import { PageHeader } from '#web/ui/page-header.tsx';
import { RadioCards } from '#web/ui/radio-cards.tsx';
import { Select } from '#web/ui/select.tsx';
import { PageSkeleton } from '#web/ui/skeleton.tsx';
import { Textarea } from '#web/ui/textarea.tsx';
import { TextInput } from '#web/ui/text-input.tsx';
import { useToast } from '#web/ui/toast.tsx';
import { useForm } from '#web/ui/use-form.ts';
import { useWords } from '#web/ui/use-words.ts';
import { CLIENT_PRIORITIES, SUBJECT_CHARS_MAX, TEXT_CHARS_MAX } from '../../support-words.ts';

const NO_PACKAGE = '';

/** A question: to whom, about what, in how much of a hurry. */
export function NewTicketPage() {
  const text = useTranslations('support');
  const departments = useQuery(apiQuery.support.departments.queryOptions({ input: {} }));
  const packages = useQuery(apiQuery.subscriptions.list.queryOptions({ input: { limit: 200 } }));
  const failed = departments.error ? departments : packages.error ? packages : null;
  if (failed) return <FailureCallout error={failed.error} onRetry={failed.refetch} />;
  if (!departments.data || !packages.data) return <PageSkeleton />;
  return (
    <>
      <PageHeader
        title={text('client.newTitle')}
        crumbs={[{ label: text('client.title'), href: clientPaths.tickets() }]}
      />
      <Card>
        <TicketForm
          departments={departments.data.items}
          packages={packages.data.items.map(({ id, domainName }) => ({ id, domainName }))}
        />
      </Card>
    </>
  );
}

type Props = {
  departments: readonly { key: string; title: { ru: string; en: string } }[];
  packages: readonly { id: string; domainName: string }[];
};

function TicketForm({ departments, packages }: Props) {
  const text = useTranslations('support');
  const words = useWords();
  const say = useToast();
  const navigation = useNavigation();
  const { search } = useAddress();
  // Another screen may lead here about one of its things.
  const given = aboutOf(search.get('about'));
  const form = useForm({
    initial: {
      department: departments[0]?.key ?? '',
      about: given?.kind === 'package' ? given.id : NO_PACKAGE,
      priority: 'normal' as (typeof CLIENT_PRIORITIES)[number],
      subject: '',
      text: '',
    },
    submit: ({ department, about, ...values }, idempotencyKey) =>
      api.support.open(
        {
          ...values,
          ...(department && { department }),
          about: about === NO_PACKAGE ? given : { kind: 'package', id: about },
        },
        { context: { idempotencyKey } },
      ),
    onDone: ({ id }) => {
      say(text('client.sent'));
      navigation.go(clientPaths.ticket({ ticketId: id }));
    },
  });
  return (
    <Form form={form} submit={text('client.send')} wide>
      {departments.length > 1 && (
        <Select
          {...form.field('department')}
          label={text('fields.department')}
          options={departments.map(({ key, title }) => ({ value: key, label: words(title) }))}
        />
      )}
      {packages.length > 0 && (given === undefined || given.kind === 'package') && (
        <Select
          {...form.field('about')}
          label={text('aboutKinds.package')}
          optional
          placeholder="—"
          options={packages.map(({ id, domainName }) => ({ value: id, label: domainName }))}
        />
      )}
      {given !== undefined && given.kind !== 'package' && (
        <p>
          {text('fields.about')}: {text(`aboutKinds.${given.kind}`)}
        </p>
      )}
      <RadioCards
        {...form.field('priority')}
        label={text('fields.priority')}
        side
        options={CLIENT_PRIORITIES.map((value) => ({
          value,
          label: text(`clientPriorities.${value}`),
        }))}
      />
      <TextInput
        {...form.field('subject')}
        label={text('fields.subject')}
        help={text('client.subjectHelp')}
        maxLength={SUBJECT_CHARS_MAX}
        autoComplete="off"
      />
      <Textarea
        {...form.field('text')}
        label={text('fields.text')}
        help={text('client.textHelp')}
        rows={8}
        maxLength={TEXT_CHARS_MAX}
      />
    </Form>
  );
}

const KINDS = { sub: 'package', inv: 'invoice', fnd: 'finding' } as const;

/** `?about=inv_…`: the id says what it is. */
function aboutOf(id: string | null) {
  const prefix = id?.split('_')[0];
  if (id === null || (prefix !== 'sub' && prefix !== 'inv' && prefix !== 'fnd')) return undefined;
  return { kind: KINDS[prefix], id };
}
