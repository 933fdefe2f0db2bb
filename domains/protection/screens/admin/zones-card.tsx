import { useTranslations } from 'use-intl';
import { StatusBadge } from '#web/ui/badge.tsx';
import { Card } from '#web/ui/card.tsx';
import { Stack } from '#web/ui/layout.tsx';
import type { Tone } from '#web/ui/tone.ts';
import type { Reputation } from './reputation-page.tsx';

const TONE: Readonly<Record<Reputation['zones'][number]['state'], Tone>> = {
  untested: 'idle',
  working: 'good',
  broken: 'bad',
  refusing: 'wait',
};

/** The lists that are asked, and whether each passed its own test. */
export function ZonesCard({ zones }: Pick<Reputation, 'zones'>) {
  const text = useTranslations('protection.reputation');
  if (zones.length === 0) return null;
  return (
    <Card title={text('zones')}>
      <Stack gap={3}>
        {zones.map(({ zone, state, message }) => (
          <div key={zone}>
            <div className="ui-row ui-row-between ui-gap-2">
              <code>{zone}</code>
              <StatusBadge tone={TONE[state]}>{text(`zoneStates.${state}`)}</StatusBadge>
            </div>
            {message !== null && <p className="ui-muted ui-small">{message}</p>}
          </div>
        ))}
      </Stack>
    </Card>
  );
}
