import type { TaxIdState } from './client.ts';
import type { TaxIdAnswer } from './tax-id-validator.ts';

/** One number of one client, asked about until the register answers or the tries are used up. */
export type TaxIdCheck = {
  id: string;
  branch: number;
  clientId: string;
  country: string;
  number: string;
  state: TaxIdState;
  requestedAt: Temporal.Instant;
  attempts: number;
  /** Null: answered, given up, or of a number that the client has no more. */
  nextAttemptAt: Temporal.Instant | null;
  checkedAt: Temporal.Instant | null;
  validatorId: string | null;
  requestId: string | null;
  answeredOn: Temporal.PlainDate | null;
  name: string | null;
  address: string | null;
  error: string | null;
};

/** Minutes before the next try: a member state's register may be away for a night. */
const PAUSES_MINUTES = [1, 5, 30, 120, 360, 720, 1440];

/** The check after an answer; `attempts` counts the one that brought it. */
export function answered(
  check: TaxIdCheck,
  answer: TaxIdAnswer,
  { now, validatorId }: { now: Temporal.Instant; validatorId: string | null },
): TaxIdCheck {
  const tried = { ...check, checkedAt: now, validatorId };
  if (answer.kind === 'unavailable') {
    const minutes = PAUSES_MINUTES[check.attempts - 1];
    const nextAttemptAt = minutes === undefined ? null : now.add({ minutes });
    return { ...tried, state: 'unavailable', error: answer.reason.slice(0, 200), nextAttemptAt };
  }
  const { kind: state, requestId, answeredOn, name, address } = answer;
  return {
    ...{ ...tried, state, requestId, answeredOn, name, address },
    ...{ error: null, nextAttemptAt: null },
  };
}
