import { useQuery } from '@tanstack/react-query';
import { useTranslations } from 'use-intl';
import { apiQuery } from '#web/api-query.ts';
import type { PackageComponent, PackageView } from '#web/client/package-panels.ts';
import { clientPaths } from '#web/paths.ts';
import { LinkButton } from '#web/ui/link-button.tsx';
import { useWords } from '#web/ui/use-words.ts';

type Props = { subscription: PackageView; component: PackageComponent };

/** In the row of a licence on the package: the way to its own page, once it has one. */
export function ManageLicence({ subscription, component }: Props) {
  const text = useTranslations('licences.panel');
  const words = useWords();
  const licences = useQuery(
    apiQuery.licences.ofSubscription.queryOptions({ input: { subscriptionId: subscription.id } }),
  );
  const licence = licences.data?.items.find(({ entitlementId }) => entitlementId === component.id);
  if (!licence) return null;
  return (
    <LinkButton
      size="small"
      href={clientPaths.licence({ subscriptionId: subscription.id, licenceId: licence.id })}
      aria-label={text('manageLabel', { name: words(component.name) })}
    >
      {text('manage')}
    </LinkButton>
  );
}
