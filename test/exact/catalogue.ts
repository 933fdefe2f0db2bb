import { catalogueOf } from '#domains/catalog/fixtures.ts';
import type { Catalogue, Edition } from '#domains/catalog/index.ts';
import { textOf } from './calendar.ts';
import type { Day } from './calendar.ts';
import { isPlan, PLANS } from './commands.ts';
import type { Change } from './commands.ts';

export function dateOf(day: Day): Temporal.PlainDate {
  return Temporal.PlainDate.from(textOf(day));
}

/** What is published, as the engine's catalogue has it. */
export function editionOf(change: Change, starts: Day, no: number): Edition {
  const kind = isPlan(change.item) ? ('plan' as const) : ('component' as const);
  const row = {
    audience: 'clients',
    item: { kind, id: change.item },
    currency: 'RUB',
    action: 'add',
  } as const;
  const rungs = [
    { termMonths: 1 as const, monthlyMinor: change.monthly },
    { termMonths: 12 as const, monthlyMinor: change.monthlyOfYear },
  ];
  const { reachesAfter, mode, item: componentId } = change;
  return {
    id: `edition-${no}`,
    sellerId: 'operator',
    no,
    title: `edition-${no}`,
    effectiveOn: dateOf(starts),
    existingOn: reachesAfter === null ? null : dateOf(starts + reachesAfter),
    noticeDays: 30,
    state: 'published',
    prices: rungs.flatMap(({ termMonths, monthlyMinor }) =>
      monthlyMinor === null ? [] : [{ ...row, termMonths, monthlyMinor }],
    ),
    inclusions: mode ? [{ planId: mode.planId, componentId, mode: mode.as }] : [],
  };
}

/** Three plans, with a licence that is never refunded, and addresses that are. */
export function catalogueWith(editions: Edition[]): Catalogue {
  const catalogue = catalogueOf(...editions);
  const components = catalogue.components.flatMap((licence) => [
    licence,
    {
      ...licence,
      id: 'ip',
      kind: 'address' as const,
      refundable: true,
      irrevocable: false,
      quantityMax: 10,
      supplier: null,
    },
  ]);
  const plans = catalogue.plans.flatMap((plan) => PLANS.map((id) => ({ ...plan, id })));
  return { ...catalogue, plans, components };
}
