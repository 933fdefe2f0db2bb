import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useLocale, useTimeZone, useTranslations } from 'use-intl';
import { formatInstant } from '#kit/format-date.ts';
import { api } from '#web/api.ts';
import type { ApiClient } from '#web/api.ts';
import { apiQuery } from '#web/api-query.ts';
import { allowed, useSession } from '#web/panel/session.tsx';
import { Button } from '#web/ui/button.tsx';
import { FailureCallout } from '#web/ui/failure-callout.tsx';
import { Columns, Stack } from '#web/ui/layout.tsx';
import { useFailureText } from '#web/ui/refusal-text.ts';
import { PageSkeleton } from '#web/ui/skeleton.tsx';
import { useToast } from '#web/ui/toast.tsx';
import { AddressesCard } from './addresses-card.tsx';
import { ListedNow, ListingHistory } from './listings.tsx';
import { ProtectionFrame } from './protection-frame.tsx';
import { ReputationForm } from './reputation-form.tsx';
import { ZonesCard } from './zones-card.tsx';

const LOOK_AGAIN_MS = 30_000;

export type Reputation = Awaited<ReturnType<ApiClient['protection']['admin']['reputation']['get']>>;

/** Which of our addresses are on a blacklist, since when, and why. */
export function ReputationPage() {
  const text = useTranslations('protection.reputation');
  const mayWrite = allowed(useSession(), 'protection.write');
  const query = useQuery(
    apiQuery.protection.admin.reputation.get.queryOptions({
      input: {},
      refetchInterval: LOOK_AGAIN_MS,
    }),
  );
  return (
    <ProtectionFrame tab="reputation" lead={text('lead')} actions={mayWrite && <CheckNow />}>
      {query.error && <FailureCallout error={query.error} onRetry={query.refetch} />}
      {!query.error && !query.data && <PageSkeleton />}
      {query.data && <Screen reputation={query.data} mayWrite={mayWrite} />}
    </ProtectionFrame>
  );
}

function Screen({ reputation, mayWrite }: { reputation: Reputation; mayWrite: boolean }) {
  const text = useTranslations('protection.reputation');
  const locale = useLocale();
  const timeZone = useTimeZone() ?? 'UTC';
  const { checkedAt, zones } = reputation;
  return (
    <>
      <p className="ui-muted ui-small">
        {checkedAt === null
          ? text('neverChecked')
          : text('lastCheck', { at: formatInstant(checkedAt, locale, timeZone, 'minute') })}
      </p>
      <Columns main>
        <Stack>
          <ListedNow reputation={reputation} />
          <ListingHistory reputation={reputation} />
        </Stack>
        <Stack>
          <ZonesCard zones={zones} />
          <AddressesCard reputation={reputation} mayWrite={mayWrite} />
          {mayWrite && <ReputationForm reputation={reputation} />}
        </Stack>
      </Columns>
    </>
  );
}

function CheckNow() {
  const text = useTranslations('protection.reputation');
  const say = useToast();
  const failureText = useFailureText();
  const queries = useQueryClient();
  const check = useMutation({
    mutationFn: () => api.protection.admin.reputation.check({}),
    onSuccess: async () => {
      say(text('checked'));
      await queries.invalidateQueries({ queryKey: apiQuery.protection.admin.reputation.key() });
    },
    onError: (error) => say(failureText(error), 'bad'),
  });
  return (
    <Button tone="primary" busy={check.isPending} onClick={() => check.mutate()}>
      {text('check')}
    </Button>
  );
}
