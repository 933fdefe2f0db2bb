import { z } from 'zod';
import { TERMS } from '#kit/term.ts';
import { textWire } from '#platform/http/wire.ts';

/** Shapes that several of the domain's contracts share. */
export const LocalisedWire = z.object({ ru: textWire(2000, 0), en: textWire(2000, 0) });
export const NameWire = z.object({ ru: textWire(80), en: textWire(80) });

/** `linux-start`: a readable key, given once. */
export const KeyWire = z
  .string()
  .max(60)
  .regex(/^[a-z0-9]+(-[a-z0-9]+)*$/, 'lower-case words joined by hyphens');

export const TermWire = z.literal([...TERMS]).describe('months');
export const CurrencyWire = z.string().regex(/^[A-Z]{3}$/);

const limit = z.int().min(0).max(100_000_000);
export const LimitsWire = z.object({
  accounts: limit.describe('hosting accounts'),
  diskMb: limit,
  trafficGb: limit.describe('a month'),
  databases: limit,
  mailboxes: limit,
  memoryMb: limit.describe('per hosting account'),
});

/** Minor units in one month; the ceiling keeps a 36-month total a safe integer. */
export const MonthlyMinorWire = z.int().min(0).max(100_000_000_000);

export const ItemWire = z.object({ kind: z.enum(['plan', 'component']), id: KeyWire });
export const AudienceWire = z.enum(['clients', 'resellers']);
export const ActionWire = z.enum(['add', 'renew']);
export const ModeWire = z.enum(['included', 'addon', 'none']);

export const ComponentWire = z.object({
  id: KeyWire,
  kind: z.enum(['licence', 'address', 'capacity', 'protection']),
  name: NameWire,
  description: LocalisedWire,
  refundable: z.boolean(),
  irrevocable: z.boolean(),
  quantityMax: z.int().min(1).max(1000),
  provides: LimitsWire.partial(),
  sort: z.int().min(0).max(10_000),
});

export const PlanWire = z.object({
  id: KeyWire,
  productId: KeyWire,
  name: NameWire,
  limits: LimitsWire,
  sort: z.int().min(0).max(10_000),
});
