import { outcomeOf, type CardOutcome } from './test-cards.ts';

export type CardField = 'number' | 'expiry' | 'cvc';
export type CardProblem = 'number-wrong' | 'expiry-wrong' | 'expiry-past' | 'cvc-wrong';

/** What is left of a card once it has been looked at: never the number, never the CVC. */
export type Card = {
  brand: string;
  last4: string;
  expires: { year: number; month: number };
  outcome: CardOutcome;
};

export type CardForm = { number: string; expiry: string; cvc: string };

export type CardReading =
  | { kind: 'card'; card: Card }
  | { kind: 'problems'; problems: Partial<Record<CardField, CardProblem>> };

/** Reads what the payer typed: the Luhn digit (ISO/IEC 7812-1), a month not yet over, a CVC. */
export function readCard(form: CardForm, today: Temporal.PlainDate): CardReading {
  const number = form.number.replace(/[\s-]/g, '');
  const isNumber = /^\d{13,19}$/.test(number) && passesLuhn(number);
  const cvc = form.cvc.trim();
  const problems: Partial<Record<CardField, CardProblem>> = {};
  if (!isNumber) problems.number = 'number-wrong';
  const serves = readExpiry(form.expiry);
  const expiryProblem = problemOfExpiry(serves, today);
  if (expiryProblem) problems.expiry = expiryProblem;
  if (!/^\d{3,4}$/.test(cvc)) problems.cvc = 'cvc-wrong';
  if (!serves || Object.keys(problems).length > 0) return { kind: 'problems', problems };
  const { year, month } = serves;
  const [brand, last4] = [brandOf(number), number.slice(-4)];
  return {
    kind: 'card',
    card: { brand, last4, expires: { year, month }, outcome: outcomeOf(number) },
  };
}

export function passesLuhn(number: string): boolean {
  let sum = 0;
  number
    .split('')
    .toReversed()
    .forEach((digit, index) => {
      const doubled = Number(digit) * (index % 2 === 1 ? 2 : 1);
      sum += doubled > 9 ? doubled - 9 : doubled;
    });
  return sum % 10 === 0;
}

function readExpiry(text: string): Temporal.PlainYearMonth | null {
  const match = /^\s*(\d{1,2})\s*[/. -]?\s*(?:20)?(\d{2})\s*$/.exec(text);
  const month = Number(match?.[1]);
  if (!match || month < 1 || month > 12) return null;
  return Temporal.PlainYearMonth.from({ year: 2000 + Number(match[2]), month });
}

/** A card serves through the last day of the month printed on it. */
function problemOfExpiry(
  serves: Temporal.PlainYearMonth | null,
  today: Temporal.PlainDate,
): CardProblem | null {
  if (!serves) return 'expiry-wrong';
  return Temporal.PlainYearMonth.compare(serves, today.toPlainYearMonth()) < 0
    ? 'expiry-past'
    : null;
}

function brandOf(number: string): string {
  if (/^220[0-4]/.test(number)) return 'Mir';
  if (number.startsWith('4')) return 'Visa';
  return /^(5[1-5]|2[2-7])/.test(number) ? 'Mastercard' : 'Card';
}
