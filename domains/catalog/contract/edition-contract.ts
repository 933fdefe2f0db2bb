import { z } from 'zod';
import { operation } from '#platform/http/operation.ts';
import { DateWire, idWire, InstantWire, MoneyWire, textWire } from '#platform/http/wire.ts';
import {
  ActionWire,
  AudienceWire,
  CurrencyWire,
  ItemWire,
  KeyWire,
  ModeWire,
  MonthlyMinorWire,
  TermWire,
} from './catalog-wire.ts';

const read = { who: 'staff', permission: 'catalog.read' } as const;
const write = { who: 'staff', permission: 'catalog.write' } as const;

const EditionId = idWire('edn');
const ById = z.object({ id: EditionId });

const PriceRowWire = z.object({
  audience: AudienceWire,
  item: ItemWire,
  currency: CurrencyWire,
  action: ActionWire,
  termMonths: TermWire,
  monthlyMinor: MonthlyMinorWire,
});

const InclusionWire = z.object({ planId: KeyWire, componentId: KeyWire, mode: ModeWire });

const RetirementWire = z.object({
  planId: KeyWire,
  successorId: KeyWire.nullable().describe(
    'what renewals go on with; null: holders keep the plan; the plan itself: on sale again',
  ),
});

const CarryOverWire = z
  .enum(['charge', 'opt-in'])
  .default('charge')
  .describe('a free component that gets a price is charged, or goes unless its holder wants it');

const Dates = z.object({
  title: textWire(120),
  effectiveOn: DateWire.describe('from this day it holds for new subscriptions'),
  existingOn: DateWire.nullable().describe(
    'from this day it reaches the renewals of existing subscriptions; null: it never does',
  ),
  noticeDays: z.int().min(0).max(365).describe('how long before a boundary a rise must be told'),
  carryOver: CarryOverWire,
});

const DraftWire = Dates.extend({
  prices: z.array(PriceRowWire).max(2000),
  inclusions: z.array(InclusionWire).max(1000),
  retirements: z.array(RetirementWire).max(200).default([]).describe('plans not sold any more'),
});

const SummaryWire = Dates.extend({
  id: EditionId,
  no: z.int().nullable(),
  state: z.enum(['draft', 'published', 'withdrawn']),
  phase: z
    .enum(['draft', 'planned', 'in-force', 'withdrawn'])
    .describe('planned: published, and its day has not come'),
  createdAt: InstantWire,
  publishedAt: InstantWire.nullable(),
  items: z.array(ItemWire).describe('the items it sets a price for'),
  unbundled: z.array(KeyWire).describe('components that it makes add-ons'),
});

/** One figure or inclusion as it was the moment before, and as it is from that day. */
const DifferenceWire = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('price'),
    item: ItemWire,
    audience: AudienceWire,
    action: ActionWire,
    termMonths: TermWire,
    before: MoneyWire.nullable(),
    after: MoneyWire.nullable(),
  }),
  z.object({
    kind: z.literal('inclusion'),
    planId: KeyWire,
    componentId: KeyWire,
    before: ModeWire,
    after: ModeWire,
  }),
]);

const draftRefusals = [
  'edition-existing-before-new',
  'plan-not-found',
  'component-not-found',
  'currency-unknown',
  'price-stands-twice',
  'inclusion-stands-twice',
  'plan-of-another-seller',
  'retirement-stands-twice',
  'successor-of-another-product',
] as const;

export const editionContract = {
  list: operation({
    method: 'GET',
    path: '/v1/admin/catalogue/editions',
    summary: 'The catalogue by date: drafts, planned changes and what is in force, newest first',
    access: read,
    input: z.object({ sellerId: idWire('sel').optional() }),
    output: z.object({ today: DateWire, items: z.array(SummaryWire) }),
    refusals: ['seller-not-found'],
  }),
  get: operation({
    method: 'GET',
    path: '/v1/admin/catalogue/editions/{id}',
    summary: 'One edition: what it sets, and what that changes',
    access: read,
    input: ById,
    output: SummaryWire.extend({
      prices: z.array(PriceRowWire),
      inclusions: z.array(InclusionWire),
      retirements: z.array(RetirementWire),
      differences: z.array(DifferenceWire),
    }),
    refusals: ['edition-not-found'],
  }),
  draft: operation({
    method: 'POST',
    path: '/v1/admin/catalogue/editions',
    summary: 'Write a change of the catalogue down; it counts once it is published',
    access: write,
    input: DraftWire,
    output: ById,
    refusals: draftRefusals,
  }),
  change: operation({
    method: 'PUT',
    path: '/v1/admin/catalogue/editions/{id}',
    summary: 'Replace a draft',
    access: write,
    input: DraftWire.extend({ id: EditionId }),
    output: ById,
    refusals: ['edition-not-found', 'edition-not-draft', ...draftRefusals],
  }),
  remove: operation({
    method: 'DELETE',
    path: '/v1/admin/catalogue/editions/{id}',
    summary: 'Throw a draft away',
    access: write,
    input: ById,
    output: ById,
    refusals: ['edition-not-found', 'edition-not-draft'],
  }),
  unbundle: operation({
    method: 'POST',
    path: '/v1/admin/catalogue/changes/unbundle',
    summary: 'Draft the change that turns an included component into a paid add-on',
    access: write,
    input: Dates.extend({
      componentId: KeyWire,
      prices: z
        .array(
          z.object({
            audience: AudienceWire,
            currency: CurrencyWire,
            monthlyMinor: MonthlyMinorWire,
          }),
        )
        .min(1)
        .max(20),
    }),
    output: ById,
    refusals: ['component-not-included', ...draftRefusals],
  }),
  publish: operation({
    method: 'POST',
    path: '/v1/admin/catalogue/editions/{id}/publish',
    summary: 'Make a draft count from its dates on',
    access: write,
    input: ById,
    output: ById,
    refusals: [
      'edition-not-found',
      'edition-not-draft',
      'edition-empty',
      'edition-starts-in-the-past',
      ...draftRefusals,
    ],
  }),
};
