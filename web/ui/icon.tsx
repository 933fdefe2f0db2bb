import type { Icon as TablerIcon } from '@tabler/icons-react';

/** A Tabler icon at our stroke; decoration only, so words always stand beside it. */
export function Icon({ of: Shape, size = 18 }: { of: TablerIcon; size?: number }) {
  return <Shape size={size} stroke={1.5} aria-hidden focusable={false} />;
}
