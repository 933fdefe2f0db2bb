import { useQuery } from '@tanstack/react-query';
import { useTranslations } from 'use-intl';
import { apiQuery } from '#web/api-query.ts';
import type { PackageView } from '#web/client/package-panels.ts';
import { clientPaths } from '#web/paths.ts';
import { Card } from '#web/ui/card.tsx';
import { CopyField } from '#web/ui/copy-field.tsx';
import { FailureCallout } from '#web/ui/failure-callout.tsx';
import { Stack } from '#web/ui/layout.tsx';
import { Link } from '#web/ui/link.tsx';
import { useWords } from '#web/ui/use-words.ts';
import type { LicenceWire } from '../../contract.ts';
import { LicenceBadge } from '../licence-badge.tsx';

const LOOK_AGAIN_MS = 2000;

/** The keys of a package, each with the way to manage it. */
export function LicencePanel({ subscription }: { subscription: PackageView }) {
  const licences = useQuery(
    apiQuery.licences.ofSubscription.queryOptions({
      input: { subscriptionId: subscription.id },
      refetchInterval: ({ state }) =>
        state.data?.items.some((licence) => licence.state === 'issuing') ? LOOK_AGAIN_MS : false,
    }),
  );
  if (licences.error) return <FailureCallout error={licences.error} onRetry={licences.refetch} />;
  const live = licences.data?.items.filter(({ state }) => state !== 'deleted') ?? [];
  return live.map((licence) => (
    <OneLicence key={licence.id} licence={licence} subscription={subscription} />
  ));
}

type Props = { licence: LicenceWire; subscription: PackageView };

function OneLicence({ licence, subscription }: Props) {
  const text = useTranslations('licences');
  const words = useWords();
  const component = subscription.components.find(({ id }) => id === licence.entitlementId);
  const name = component ? words(component.name) : licence.componentId;
  const { subscriptionId, id: licenceId } = licence;
  return (
    <Card title={name} actions={<LicenceBadge state={licence.state} />}>
      <Stack gap={2}>
        {licence.key === null ? (
          <p className="ui-muted">{text('panel.noKey')}</p>
        ) : (
          <CopyField label={text('fields.key')} value={licence.key} />
        )}
        <Link href={clientPaths.licence({ subscriptionId, licenceId })}>{text('panel.more')}</Link>
      </Stack>
    </Card>
  );
}
