import { outcomeOf, type CardOutcome } from './test-cards.ts';

export type CardField = 'number' | 'expiry' | 'cvc';
export type CardProblem = 'number-wrong' | 'expiry-wrong' | 'expiry-past' | 'cvc-wrong';

/** What is left of a card once it has been looked at: never the number, never the CVC. */
export type Card = { brand: string; last4: string; outcome: CardOutcome };

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
  const expiryProblem = problemOfExpiry(form.expiry, today);
  if (expiryProblem) problems.expiry = expiryProblem;
  if (!/^\d{3,4}$/.test(cvc)) problems.cvc = 'cvc-wrong';
  if (Object.keys(problems).length > 0) return { kind: 'problems', problems };
  const card = { brand: brandOf(number), last4: number.slice(-4), outcome: outcomeOf(number) };
  return { kind: 'card', card };
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

/** A card serves through the last day of the month printed on it. */
function problemOfExpiry(text: string, today: Temporal.PlainDate): CardProblem | null {
  const match = /^\s*(\d{1,2})\s*[/. -]?\s*(?:20)?(\d{2})\s*$/.exec(text);
  const month = Number(match?.[1]);
  if (!match || month < 1 || month > 12) return 'expiry-wrong';
  const serves = Temporal.PlainYearMonth.from({ year: 2000 + Number(match[2]), month });
  return Temporal.PlainYearMonth.compare(serves, today.toPlainYearMonth()) < 0
    ? 'expiry-past'
    : null;
}

function brandOf(number: string): string {
  if (/^220[0-4]/.test(number)) return 'Mir';
  if (number.startsWith('4')) return 'Visa';
  return /^(5[1-5]|2[2-7])/.test(number) ? 'Mastercard' : 'Card';
}
