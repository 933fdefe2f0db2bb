import { useTranslations } from 'use-intl';
import { Callout } from '#web/ui/callout.tsx';
import { Card } from '#web/ui/card.tsx';
import { Stack } from '#web/ui/layout.tsx';
import { LinkButton } from '#web/ui/link-button.tsx';
import { Steps } from '#web/ui/steps.tsx';
import type { LicenceWire } from '../../contract.ts';

type Props = { licence: LicenceWire; packageHref: string };

/** What is going on with a licence, when it is not simply there. */
export function LicenceStanding({ licence, packageHref }: Props) {
  const text = useTranslations('licences.page');
  if (licence.state === 'issuing') return <Issuing />;
  if (licence.state === 'refused') {
    return (
      <Callout tone="wait" title={text('refused')}>
        {text('refusedHelp')}
      </Callout>
    );
  }
  if (licence.state === 'deleted') {
    return (
      <Callout
        tone="info"
        title={text('deleted')}
        actions={
          <LinkButton href={packageHref}>
            {text('toPackage', { domain: licence.domainName })}
          </LinkButton>
        }
      >
        {text('deletedHelp')}
      </Callout>
    );
  }
  return null;
}

function Issuing() {
  const text = useTranslations('licences.page');
  return (
    <Card title={text('issuing')}>
      <Stack>
        <p>{text('issuingHelp')}</p>
        <Steps
          steps={[
            { id: 'ordered', label: text('stepOrdered'), state: 'done' },
            { id: 'supplier', label: text('stepSupplier'), state: 'doing' },
            { id: 'key', label: text('stepKey'), state: 'ahead' },
          ]}
        />
      </Stack>
    </Card>
  );
}
