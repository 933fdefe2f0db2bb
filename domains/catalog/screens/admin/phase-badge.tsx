import { useTranslations } from 'use-intl';
import { StatusBadge } from '#web/ui/badge.tsx';
import type { Tone } from '#web/ui/tone.ts';

export type Phase = 'draft' | 'planned' | 'in-force' | 'withdrawn';

export const PHASE_TONE: Readonly<Record<Phase, Tone>> = {
  draft: 'idle',
  planned: 'wait',
  'in-force': 'good',
  withdrawn: 'idle',
};

/** Where an edition stands: written, to come, in force, taken back. */
export function PhaseBadge({ phase }: { phase: Phase }) {
  const text = useTranslations('catalog.admin');
  return <StatusBadge tone={PHASE_TONE[phase]}>{text(`phases.${phase}`)}</StatusBadge>;
}
