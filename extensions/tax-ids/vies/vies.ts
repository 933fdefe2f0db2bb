import { z } from 'zod';
import type {
  TaxIdAnswer,
  TaxIdQuestion,
  TaxIdValidator,
} from '#domains/clients/tax-id-validator.ts';

const MEMBERS: ReadonlySet<string> = new Set(
  'AT BE BG CY CZ DE DK EE ES FI FR GR HR HU IE IT LT LU LV MT NL PL PT RO SE SI SK'.split(' '),
);
const TIMEOUT_MS = 15_000;
const BODY_CHARS_MAX = 100_000;
const NAME_CHARS_MAX = 500;

/** As much of VIES's answer as is used; a member state that tells no name sends `---`. */
const Answer = z.object({
  isValid: z.boolean(),
  requestDate: z.string().nullish(),
  userError: z.string().nullish(),
  name: z.string().nullish(),
  address: z.string().nullish(),
  requestIdentifier: z.string().nullish(),
});
type Answer = z.infer<typeof Answer>;

/**
 * The Commission's register of VAT numbers (VIES, REST:
 * https://ec.europa.eu/taxation_customs/vies/#/technical-information). It asks the member state's
 * own register each time and answers 200 also when that is away: what happened stands in
 * `userError`. The number of a consultation is given to a business alone that names itself.
 */
export function vies({
  url,
  timeoutMs = TIMEOUT_MS,
}: {
  /** Up to and without `/ms/…`. */
  url: string;
  timeoutMs?: number;
}): TaxIdValidator {
  const base = url.replace(/\/+$/, '');
  return {
    id: 'vies',
    checks: (country) => MEMBERS.has(country),
    ask: async (question) => {
      const answer = await askVies(base, question, timeoutMs);
      const refusesAsker =
        answer.kind === 'unavailable' && answer.reason === 'INVALID_REQUESTER_INFO';
      if (!refusesAsker || !question.asker) return answer;
      // The seller's own number is not in the register: the answer counts without a receipt too.
      return askVies(base, { ...question, asker: null }, timeoutMs);
    },
  };
}

async function askVies(
  base: string,
  { country, number, asker }: TaxIdQuestion,
  timeoutMs: number,
): Promise<TaxIdAnswer> {
  const query = new URLSearchParams(
    asker
      ? { requesterMemberStateCode: stateCode(asker.country), requesterNumber: asker.number }
      : {},
  );
  const path = `/ms/${stateCode(country)}/vat/${encodeURIComponent(number)}`;
  try {
    const response = await fetch(`${base}${path}${query.size > 0 ? `?${query}` : ''}`, {
      headers: { accept: 'application/json' },
      redirect: 'error',
      signal: AbortSignal.timeout(timeoutMs),
    });
    const text = (await response.text()).slice(0, BODY_CHARS_MAX);
    if (!response.ok) return unavailable(`HTTP ${response.status}`);
    const read = Answer.safeParse(JSON.parse(text));
    return read.success ? verdict(read.data) : unavailable('an unreadable answer');
  } catch (error) {
    return unavailable(error instanceof Error ? error.message : 'no answer');
  }
}

/** `isValid: false` says nothing of the number unless `userError` is about the number. */
function verdict(answer: Answer): TaxIdAnswer {
  const said = answer.userError ?? (answer.isValid ? 'VALID' : 'INVALID');
  if (answer.isValid && said === 'VALID') return { kind: 'valid', ...evidence(answer) };
  if (!answer.isValid && (said === 'INVALID' || said === 'INVALID_INPUT')) {
    return { kind: 'invalid', ...evidence(answer) };
  }
  return unavailable(said);
}

function evidence({ requestDate, requestIdentifier, name, address }: Answer) {
  const day = /^\d{4}-\d{2}-\d{2}/.exec(requestDate ?? '')?.[0];
  return {
    requestId: textOrNull(requestIdentifier),
    answeredOn: day ? Temporal.PlainDate.from(day) : null,
    name: textOrNull(name),
    address: textOrNull(address),
  };
}

function textOrNull(text: string | null | undefined): string | null {
  const trimmed = text?.trim() ?? '';
  return trimmed === '' || trimmed === '---' ? null : trimmed.slice(0, NAME_CHARS_MAX);
}

/** Greece is EL in VAT numbers. */
function stateCode(country: string): string {
  return country === 'GR' ? 'EL' : country;
}

function unavailable(reason: string): TaxIdAnswer {
  return { kind: 'unavailable', reason };
}
