import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useTranslations } from 'use-intl';
import { api } from '#web/api.ts';
import { apiQuery } from '#web/api-query.ts';
import { allowed, useSession } from '#web/panel/session.tsx';
import { Card } from '#web/ui/card.tsx';
import { Switch } from '#web/ui/checkbox.tsx';
import { FailureCallout } from '#web/ui/failure-callout.tsx';
import { useFailureText } from '#web/ui/refusal-text.ts';
import { CardSkeleton } from '#web/ui/skeleton.tsx';
import { useToast } from '#web/ui/toast.tsx';

/** Whether a seller takes a company for a business before the register has confirmed its number. */
export function TaxIdRule() {
  const text = useTranslations('clients.taxIdRule');
  const say = useToast();
  const failureText = useFailureText();
  const queries = useQueryClient();
  const mayWrite = allowed(useSession(), 'invoices.write');
  const query = useQuery(apiQuery.clients.clients.taxIdRule.queryOptions({ input: {} }));
  const change = useMutation({
    mutationFn: (mustBeValid: boolean) => api.clients.clients.setTaxIdRule({ mustBeValid }),
    onSuccess: async () => {
      await queries.invalidateQueries({ queryKey: apiQuery.clients.clients.key() });
      say(text('saved'));
    },
    onError: (error) => say(failureText(error), 'bad'),
  });
  if (query.error) return <FailureCallout error={query.error} onRetry={query.refetch} />;
  if (!query.data) return <CardSkeleton />;
  return (
    <Card title={text('title')}>
      <Switch
        label={text('mustBeValid')}
        help={text('help')}
        checked={query.data.mustBeValid}
        disabled={!mayWrite || change.isPending}
        onChange={(on) => change.mutate(on)}
      />
    </Card>
  );
}
