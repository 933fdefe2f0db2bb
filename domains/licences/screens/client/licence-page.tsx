import { useQuery } from '@tanstack/react-query';
import { useTranslations } from 'use-intl';
import { apiQuery } from '#web/api-query.ts';
import type { PackageView } from '#web/client/package-panels.ts';
import { usePathParams } from '#web/panel/use-path-params.ts';
import { clientPaths } from '#web/paths.ts';
import { Card } from '#web/ui/card.tsx';
import { CopyField } from '#web/ui/copy-field.tsx';
import { DateText } from '#web/ui/date-text.tsx';
import { FailureCallout } from '#web/ui/failure-callout.tsx';
import { KeyValue } from '#web/ui/key-value.tsx';
import { Columns, Stack } from '#web/ui/layout.tsx';
import { Link } from '#web/ui/link.tsx';
import { PageHeader } from '#web/ui/page-header.tsx';
import { PageSkeleton } from '#web/ui/skeleton.tsx';
import { useWords } from '#web/ui/use-words.ts';
import type { LicenceWire } from '../../contract.ts';
import { LicenceBadge } from '../licence-badge.tsx';
import { DeleteLicence } from './delete-licence.tsx';
import { LicenceRenewal } from './licence-renewal.tsx';
import { LicenceStanding } from './licence-standing.tsx';

const WHILE_ISSUING_MS = 2000;

/** Manage a licence: its key, how it stands, what the next renewal charges for it, deleting it. */
export function LicencePage() {
  const { subscriptionId, licenceId } = usePathParams(clientPaths.licence);
  const licence = useQuery(
    apiQuery.licences.get.queryOptions({
      input: { id: licenceId },
      refetchInterval: ({ state }) => (state.data?.state === 'issuing' ? WHILE_ISSUING_MS : false),
    }),
  );
  const subscription = useQuery(
    apiQuery.subscriptions.get.queryOptions({ input: { id: subscriptionId } }),
  );
  const error = licence.error ?? subscription.error;
  if (licence.data && subscription.data) {
    return <LicenceScreen licence={licence.data} subscription={subscription.data} />;
  }
  if (error) return <FailureCallout error={error} onRetry={licence.refetch} />;
  return <PageSkeleton />;
}

type Props = { licence: LicenceWire; subscription: PackageView };

function LicenceScreen({ licence, subscription }: Props) {
  const words = useWords();
  const component = subscription.components.find(({ id }) => id === licence.entitlementId);
  const name = component ? words(component.name) : licence.componentId;
  const packageHref = clientPaths.package({ subscriptionId: subscription.id });
  const gone = licence.state === 'deleted';
  return (
    <>
      <PageHeader
        title={name}
        crumbs={[{ label: subscription.domainName, href: packageHref }]}
        status={<LicenceBadge state={licence.state} />}
      />
      <Columns main>
        <Stack>
          <LicenceStanding licence={licence} packageHref={packageHref} />
          {licence.key !== null && !gone && <KeyCard licenceKey={licence.key} />}
          {!gone && <DeleteLicence licence={licence} name={name} />}
        </Stack>
        <Stack>
          <Facts licence={licence} packageHref={packageHref} />
          {!gone && <LicenceRenewal licence={licence} />}
        </Stack>
      </Columns>
    </>
  );
}

function KeyCard({ licenceKey }: { licenceKey: string }) {
  const text = useTranslations('licences');
  return (
    <Card title={text('fields.key')}>
      <Stack gap={2}>
        <CopyField label={text('fields.key')} value={licenceKey} />
        <p className="ui-muted">{text('page.install')}</p>
      </Stack>
    </Card>
  );
}

function Facts({ licence, packageHref }: { licence: LicenceWire; packageHref: string }) {
  const text = useTranslations('licences.fields');
  const title = useTranslations('licences.page')('facts');
  const { validUntil, issuedAt, deletedAt } = licence;
  return (
    <Card title={title}>
      <KeyValue
        facts={[
          { label: text('domain'), value: <Link href={packageHref}>{licence.domainName}</Link> },
          issuedAt !== null && { label: text('issuedAt'), value: <DateText at={issuedAt} time /> },
          deletedAt === null &&
            validUntil !== null && {
              label: text('validUntil'),
              value: <DateText on={validUntil} />,
            },
          deletedAt !== null && {
            label: text('deletedAt'),
            value: <DateText at={deletedAt} time />,
          },
          deletedAt !== null &&
            licence.key !== null && { label: text('key'), value: <code>{licence.key}</code> },
        ]}
      />
    </Card>
  );
}
