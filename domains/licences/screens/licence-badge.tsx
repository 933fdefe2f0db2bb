import { useTranslations } from 'use-intl';
import { StatusBadge } from '#web/ui/badge.tsx';
import type { Tone } from '#web/ui/tone.ts';
import type { StaffLicenceWire } from '../contract.ts';

const TONE: Readonly<Record<StaffLicenceWire['state'], Tone>> = {
  issuing: 'wait',
  active: 'good',
  deleting: 'wait',
  deleted: 'idle',
  refused: 'bad',
};

export function LicenceBadge({ state }: Pick<StaffLicenceWire, 'state'>) {
  const text = useTranslations('licences.states');
  return <StatusBadge tone={TONE[state]}>{text(state)}</StatusBadge>;
}
