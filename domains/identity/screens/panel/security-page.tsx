import { useTranslations } from 'use-intl';
import { Columns, Stack } from '#web/ui/layout.tsx';
import { PageHeader } from '#web/ui/page-header.tsx';
import { PasswordCard } from './password-card.tsx';
import { SecondFactorCard } from './second-factor-card.tsx';
import { SessionsCard } from './sessions-card.tsx';

/** Password, second factor and sessions of the person who looks; the same in every panel. */
export function SecurityPage() {
  const text = useTranslations('identity.security');
  return (
    <>
      <PageHeader title={text('title')} />
      <Stack>
        <Columns>
          <PasswordCard />
          <SecondFactorCard />
        </Columns>
        <SessionsCard />
      </Stack>
    </>
  );
}
