import { useTranslations } from 'use-intl';
import { Callout } from '#web/ui/callout.tsx';
import { Card } from '#web/ui/card.tsx';
import { DateText } from '#web/ui/date-text.tsx';
import { KeyValue } from '#web/ui/key-value.tsx';
import { Stack } from '#web/ui/layout.tsx';
import type { FindingDetail } from './protection-view.ts';

type Props = { finding: FindingDetail };

/** What it is and what was done about it, in words for whoever owns the site. */
export function FindingExplained({ finding }: Props) {
  const text = useTranslations('protection.finding');
  const { detectedAfterMs, limitMet, restorableUntil } = finding;
  return (
    <Card title={text('about')}>
      <Stack gap={3}>
        <p>{text(`aboutClass.${finding.class}`)}</p>
        <Callout tone={finding.state === 'needs-decision' ? 'wait' : 'info'} title={text('done')}>
          <WhatWasDone finding={finding} />
        </Callout>
        {limitMet !== null && <p>{text('limit', { limit: limitMet })}</p>}
        {detectedAfterMs !== null && (
          <p className="ui-muted ui-small">{text('howFast', { ms: detectedAfterMs })}</p>
        )}
        {restorableUntil !== null && finding.state === 'mended' && (
          <p className="ui-muted ui-small">
            {text('keptUntil')} <DateText at={restorableUntil} />
          </p>
        )}
      </Stack>
    </Card>
  );
}

function WhatWasDone({ finding: { state, act } }: Props) {
  const text = useTranslations('protection.finding');
  if (state === 'mended' && act !== null) return text(`doneAct.${act}`);
  if (state === 'needs-decision' && act === 'blocked') return text('stateHelp.blocked');
  return text(`stateHelp.${state === 'mended' ? 'found' : state}`);
}

/** The request, the script and the time that wrote it, as far as the server saw them. */
export function FindingOrigin({ finding: { origin } }: Props) {
  const text = useTranslations('protection.finding');
  return (
    <Card title={text('origin')}>
      {origin === null ? (
        <p>{text('originUnknown')}</p>
      ) : (
        <KeyValue
          facts={[
            { label: text('writtenBy'), value: text(`by.${origin.by}`) },
            { label: text('writtenAt'), value: <DateText at={origin.at} time /> },
            origin.script !== null && { label: text('script'), value: <Mono of={origin.script} /> },
            origin.request !== null && {
              label: text('request'),
              value: <Mono of={origin.request} />,
            },
            origin.address !== null && {
              label: text('address'),
              value: <Mono of={origin.address} />,
            },
          ]}
        />
      )}
    </Card>
  );
}

function Mono({ of }: { of: string }) {
  return <span className="protection-path">{of}</span>;
}
