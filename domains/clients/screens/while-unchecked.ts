import type { ProfileWire } from './profile-values.ts';

const LOOK_AGAIN_MS = 3000;

type Answer = Pick<ProfileWire, 'taxIdCheck'>;

/** For queries: looks again until the register has been asked, which takes seconds. */
export function whileUnchecked({
  state: { data },
}: {
  state: { data: Answer | undefined };
}): number | false {
  return data?.taxIdCheck?.state === 'unchecked' ? LOOK_AGAIN_MS : false;
}
