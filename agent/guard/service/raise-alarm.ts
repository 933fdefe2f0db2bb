import type { GuardState } from './guard-state.ts';
import type { GuardEvent } from './wire.ts';

type Alarm = Extract<GuardEvent, { kind: 'alarm' }>;

const WORDS: Record<Alarm['alarm'], string> = {
  'known-good-hit': 'A rule hits a file that is known to be good. Nothing was done; mend the rule.',
  'circuit-open':
    'Acted too often within minutes. Nothing more is done until the policy is changed.',
  'quarantine-full':
    'There is no room to keep more originals of this account. Its files are found and told, and kept from running, but not mended.',
  'not-mendable':
    'The file is not the account’s alone or cannot be written. It is kept from running.',
  'scan-failed': 'A scan could not be brought to its end. It is tried again with the next one.',
};

/** Tells people once what they must look into; the same thing again only after a restart. */
export function raiseAlarm(
  state: Pick<GuardState, 'raised' | 'spool'>,
  alarm: Alarm['alarm'],
  about: Pick<Alarm, 'rule' | 'accountRef' | 'findingId'>,
): void {
  const key = `${alarm} ${about.rule} ${about.findingId ?? about.accountRef}`;
  if (state.raised.has(key)) return;
  state.raised.add(key);
  state.spool.tell({ kind: 'alarm', alarm, ...about, words: WORDS[alarm] });
}
