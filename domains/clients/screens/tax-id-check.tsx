import type { ReactNode } from 'react';
import { useTranslations } from 'use-intl';
import { Card } from '#web/ui/card.tsx';
import { StatusBadge } from '#web/ui/badge.tsx';
import { DateText } from '#web/ui/date-text.tsx';
import { KeyValue } from '#web/ui/key-value.tsx';
import { Stack } from '#web/ui/layout.tsx';
import type { Tone } from '#web/ui/tone.ts';
import type { ProfileWire } from './profile-values.ts';

type State = ProfileWire['taxIdState'];

const TONES: Readonly<Record<State, Tone>> = {
  unchecked: 'wait',
  valid: 'good',
  invalid: 'bad',
  unavailable: 'wait',
};

/** What a public register says of a company's tax number, and the receipt for it. */
export function TaxIdCheckCard({
  client: { taxIdState, taxIdCheck: check, taxId, taxIdMustBeValid },
  actions,
}: {
  client: Pick<ProfileWire, 'taxIdState' | 'taxIdCheck' | 'taxId' | 'taxIdMustBeValid'>;
  actions?: ReactNode;
}) {
  const text = useTranslations('clients.taxIdCheck');
  if (!check) return null;
  const mayNotCount = taxIdState === 'invalid' || (taxIdMustBeValid && taxIdState !== 'valid');
  return (
    <Card title={text('title')}>
      <Stack>
        <KeyValue
          facts={[
            { label: text('number'), value: <span className="ui-mono">{taxId}</span> },
            {
              label: text('state'),
              value: (
                <StatusBadge tone={TONES[taxIdState]}>{text(`states.${taxIdState}`)}</StatusBadge>
              ),
            },
            check.name !== null && { label: text('name'), value: check.name },
            check.address !== null && { label: text('address'), value: check.address },
            check.requestId !== null && {
              label: text('requestId'),
              value: <span className="ui-mono">{check.requestId}</span>,
            },
            check.answeredOn !== null && {
              label: text('answeredOn'),
              value: <DateText on={check.answeredOn} />,
            },
            check.state === 'unavailable' &&
              check.checkedAt !== null && {
                label: text('triedAt'),
                value: <DateText at={check.checkedAt} time />,
              },
            check.state === 'unavailable' && {
              label: text('nextAt'),
              value: check.nextAttemptAt ? (
                <DateText at={check.nextAttemptAt} time />
              ) : (
                text('givenUp')
              ),
            },
          ]}
        />
        <p>{text(mayNotCount ? 'doesNotCount' : 'counts')}</p>
        {actions}
      </Stack>
    </Card>
  );
}
