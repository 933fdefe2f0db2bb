import { z } from 'zod';
import { isId } from '#kit/id.ts';
import type { Money } from '#kit/money.ts';
import { money } from '#kit/money.ts';
import { PAGE_LIMIT_MAX } from '#kit/page.ts';

/** Shapes that every contract shares. On the wire money is a safe integer of minor units. */
export const MoneyWire = z.object({
  minor: z.int().describe('minor units of the currency: 754849 is 7 548.49 RUB'),
  currency: z.string().regex(/^[A-Z]{3}$/),
});
export type MoneyWire = z.infer<typeof MoneyWire>;

export function moneyWire(amount: Money): MoneyWire {
  const minor = Number(amount.minor);
  if (!Number.isSafeInteger(minor)) throw new RangeError(`${amount.minor} does not fit the wire`);
  return { minor, currency: amount.currency };
}

export function moneyOf(wire: MoneyWire): Money {
  return money(BigInt(wire.minor), wire.currency);
}

/** `2023-04-03`: a local date in the seller's billing zone. */
export const DateWire = z.iso.date();
/** `2023-04-03T09:30:00Z`: an instant. */
export const InstantWire = z.iso.datetime({ offset: true });

export function idWire(prefix: string) {
  return z
    .string()
    .refine((text) => isId(text, prefix), { error: `not an id of the form ${prefix}_…` })
    .meta({ examples: [`${prefix}_01h455vb4pex5vsknk08`] });
}

/** Query of any list: one page by cursor. Add the list's own filters to it. */
export const PageQuery = z.object({
  cursor: z.string().max(200).optional(),
  limit: z.coerce.number().int().min(1).max(PAGE_LIMIT_MAX).default(50),
});

export function pageWire<T extends z.ZodType>(item: T) {
  return z.object({ items: z.array(item), next: z.string().nullable() });
}

/** Text a person typed: trimmed, no control characters, bounded. */
export function textWire(max: number, min = 1) {
  return z
    .string()
    .trim()
    .min(min)
    .max(max)
    .regex(/^[^\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f]*$/, 'control characters');
}
