import {
  IconAlertTriangle,
  IconCircleCheck,
  IconCircleDashed,
  IconClock,
  IconInfoCircle,
} from '@tabler/icons-react';

/** What a state means. Colour never says it alone: the icon and the word do too. */
export type Tone = 'good' | 'wait' | 'bad' | 'info' | 'idle';

export const TONE_ICON = {
  good: IconCircleCheck,
  wait: IconClock,
  bad: IconAlertTriangle,
  info: IconInfoCircle,
  idle: IconCircleDashed,
} as const satisfies Record<Tone, unknown>;
