import { useLocale, useTranslations } from 'use-intl';
import { formatBytes } from '#domains/hosting/screens/format-bytes.ts';
import { Card } from '#web/ui/card.tsx';
import { CopyField } from '#web/ui/copy-field.tsx';
import { DateText } from '#web/ui/date-text.tsx';
import { KeyValue } from '#web/ui/key-value.tsx';
import { Timeline } from '#web/ui/timeline.tsx';
import { FINDING_TONE } from './protection-view.ts';
import type { FindingDetail } from './protection-view.ts';

type Props = { finding: FindingDetail };

/** What the engine says of the file, for those who want to know. */
export function FindingFacts({ finding }: Props) {
  const text = useTranslations('protection.finding');
  const locale = useLocale();
  return (
    <Card title={text('facts')}>
      <KeyValue
        facts={[
          { label: text('foundAt'), value: <DateText at={finding.foundAt} time /> },
          { label: text('foundBy'), value: text(`foundByWay.${finding.foundBy}`) },
          finding.family !== null && { label: text('family'), value: finding.family },
          { label: text('confidence'), value: `${finding.confidence} %` },
          finding.rules.length > 0 && {
            label: text('rules'),
            value: <span className="protection-path">{finding.rules.join(', ')}</span>,
          },
          { label: text('size'), value: formatBytes(finding.sizeBytes, locale) },
          {
            label: text('sha256'),
            value: <CopyField label={text('sha256')} value={finding.sha256} />,
          },
        ]}
      />
    </Card>
  );
}

export function FindingHistory({ finding }: Props) {
  const text = useTranslations('protection');
  const { foundAt, history } = finding;
  const changes = history.filter(({ state }) => state !== 'found');
  return (
    <Card title={text('finding.history')}>
      <Timeline
        events={[
          {
            id: 'found',
            title: text('finding.historyFound'),
            when: <DateText at={foundAt} time />,
            tone: 'bad',
          },
          ...changes.map(({ id, at, actor, state, act }) => ({
            id,
            title: titleOf(state, act),
            when: <DateText at={at} time />,
            tone: FINDING_TONE[state],
            detail: text.has(`finding.actor.${actor}`) ? text(`finding.actor.${actor}`) : null,
          })),
        ]}
      />
    </Card>
  );

  function titleOf(state: FindingDetail['state'], act: FindingDetail['act']): string {
    return state === 'mended' && act !== null ? text(`acts.${act}`) : text(`states.${state}`);
  }
}
