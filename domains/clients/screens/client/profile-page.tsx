import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useTranslations } from 'use-intl';
import { EmailNotice } from '#domains/identity/screens/panel/email-notice.tsx';
import { api } from '#web/api.ts';
import { apiQuery } from '#web/api-query.ts';
import { Card } from '#web/ui/card.tsx';
import { FailureCallout } from '#web/ui/failure-callout.tsx';
import { Stack } from '#web/ui/layout.tsx';
import { PageHeader } from '#web/ui/page-header.tsx';
import { CardSkeleton } from '#web/ui/skeleton.tsx';
import { ProfileForm } from '../profile-form.tsx';
import { TaxIdCheckCard } from '../tax-id-check.tsx';
import { whileUnchecked } from '../while-unchecked.ts';

export function ProfilePage() {
  const text = useTranslations('clients.profile');
  const queries = useQueryClient();
  const profile = useQuery(
    apiQuery.clients.account.profile.queryOptions({ input: {}, refetchInterval: whileUnchecked }),
  );
  const reload = () => queries.invalidateQueries({ queryKey: apiQuery.clients.account.key() });
  return (
    <>
      <PageHeader title={text('title')} lead={text('lead')} />
      <Stack>
        <EmailNotice />
        {profile.error && <FailureCallout error={profile.error} onRetry={profile.refetch} />}
        {profile.isPending && <CardSkeleton lines={8} />}
        {profile.data && (
          <Card>
            <ProfileForm
              profile={profile.data}
              save={(change) => api.clients.account.changeProfile(change)}
              onSaved={() => void reload()}
            />
          </Card>
        )}
        {profile.data && <TaxIdCheckCard client={profile.data} />}
      </Stack>
    </>
  );
}
