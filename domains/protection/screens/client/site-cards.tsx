import { useTranslations } from 'use-intl';
import { clientPaths } from '#web/paths.ts';
import { Card } from '#web/ui/card.tsx';
import { DateText } from '#web/ui/date-text.tsx';
import { KeyValue } from '#web/ui/key-value.tsx';
import { Stack } from '#web/ui/layout.tsx';
import { LinkButton } from '#web/ui/link-button.tsx';
import { ModeBadge } from '../badges.tsx';
import type { SiteProtection } from '../protection-view.ts';

type Props = { account: SiteProtection };

/** What is on for this site, what that means, and how to have more. */
export function SiteMode({ account }: Props) {
  const text = useTranslations('protection.site');
  const { mode, appliedMode, bought, subscriptionId } = account;
  return (
    <Card title={text('modeTitle')} actions={<ModeBadge mode={mode} />}>
      <Stack gap={3}>
        <p>{text(`modeHelp.${mode}`)}</p>
        {appliedMode !== mode && <p className="ui-muted ui-small">{text('modePending')}</p>}
        {mode === 'detect' && !bought && (
          <div>
            <LinkButton size="small" href={clientPaths.package({ subscriptionId })}>
              {text('toAddOns')}
            </LinkButton>
          </div>
        )}
      </Stack>
    </Card>
  );
}

/** The six figures of a site. */
export function SiteFigures({ account: { summary } }: Props) {
  const text = useTranslations('protection.site');
  const when = (at: string | null) => (at === null ? text('never') : <DateText at={at} time />);
  return (
    <Card title={text('figures')}>
      <KeyValue
        facts={[
          { label: text('open'), value: summary.records },
          { label: text('malicious'), value: summary.malicious },
          { label: text('compromised'), value: summary.compromised },
          { label: text('scannedFiles'), value: summary.scannedFiles },
          { label: text('scanStartedAt'), value: when(summary.scanStartedAt) },
          { label: text('scanEndedAt'), value: when(summary.scanEndedAt) },
        ]}
      />
    </Card>
  );
}
