import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useTranslations } from 'use-intl';
import { api } from '#web/api.ts';
import { apiQuery } from '#web/api-query.ts';
import { Card } from '#web/ui/card.tsx';
import { FailureCallout } from '#web/ui/failure-callout.tsx';
import { Form } from '#web/ui/form.tsx';
import { RadioCards } from '#web/ui/radio-cards.tsx';
import { CardSkeleton } from '#web/ui/skeleton.tsx';
import { useToast } from '#web/ui/toast.tsx';
import { useForm } from '#web/ui/use-form.ts';
import { FINDING_RESPONSES } from '../../contract.ts';

type Response = (typeof FINDING_RESPONSES)[number];

/** Whether findings on the sites of the seller's own clients open tickets. */
export function FindingResponse() {
  const query = useQuery(apiQuery.protection.admin.response.get.queryOptions({ input: {} }));
  if (query.error) return <FailureCallout error={query.error} onRetry={query.refetch} />;
  if (!query.data) return <CardSkeleton />;
  return <ResponseForm response={query.data.response} />;
}

function ResponseForm({ response }: { response: Response }) {
  const text = useTranslations('protection');
  const say = useToast();
  const queries = useQueryClient();
  const form = useForm({
    initial: { response },
    submit: (draft) => api.protection.admin.response.set(draft),
    onDone: () => {
      say(text('nodes.saved'));
      void queries.invalidateQueries({ queryKey: apiQuery.protection.admin.response.key() });
    },
  });
  return (
    <Card title={text('response.title')}>
      <Form form={form} submit={text('nodes.save')}>
        <RadioCards
          {...form.field('response')}
          label={text('response.title')}
          labelHidden
          help={text('response.help')}
          options={FINDING_RESPONSES.map((value) => ({
            value,
            label: text(`response.${value}`),
            help: text(`response.${value}Help`),
          }))}
        />
      </Form>
    </Card>
  );
}
