import { creditFor } from '#domains/billing/credit.ts';
import { quoteAddOn, quotePackage, quoteRenewal } from '#domains/billing/index.ts';
import type { PriceList, Quote, QuoteLine, QuoteTax } from '#domains/billing/index.ts';
import type { Renewable } from '#domains/billing/quote-renewal.ts';
import { chargedLines } from '#domains/billing/quote.ts';
import { catalogueOf } from '#domains/catalog/fixtures.ts';
import type { Catalogue, Edition } from '#domains/catalog/index.ts';
import { nextPosition } from '#domains/subscriptions/index.ts';
import { firstPosition } from '#domains/subscriptions/period.ts';
import { Refusal } from '#kit/refusal.ts';
import { textOf } from './calendar.ts';
import type { Day } from './calendar.ts';
import type { Change, Command } from './commands.ts';

type Credit = { line: QuoteLine; amountMinor: bigint };
export type Done = { charged: QuoteLine[]; credited: Credit[] } | 'refused';

type Charged = { line: QuoteLine; creditedMinor: bigint };
type Held = { entitlement: Renewable; lines: Charged[] };

const TAX: QuoteTax = { place: 'RU', rateBp: 2000, reason: null, included: true };
const NOTHING: Done = { charged: [], credited: [] };
const PLAN = 'grow';

/** One package under the engine's own functions, kept as the tables keep it. */
export class Engine {
  today: Day;
  readonly held: Held[] = [];
  #editions: Edition[] = [];
  readonly #told = new Set<string>();
  readonly #firstDay: Day;
  #position;
  #entitlements = 0;

  constructor(startsOn: Day, termMonths: number, first: readonly Change[]) {
    this.today = startsOn;
    this.#firstDay = startsOn;
    this.#position = firstPosition(dateOf(startsOn), termMonths);
    for (const change of first) this.#publish(change, 0);
  }

  buy(): Done {
    const { termMonths } = this.#position;
    const on = dateOf(this.today);
    const quote = quotePackage({ ...this.#terms(), planId: PLAN, termMonths, on, addOns: [] });
    for (const { itemId, state } of quote.lines) {
      if (state === 'included') this.#hold(itemId, 'included', 1, []);
    }
    return { charged: chargedLines(quote), credited: [] };
  }

  act(command: Command): Done {
    try {
      return this.#try(command);
    } catch (error) {
      if (error instanceof Refusal) return 'refused';
      throw error;
    }
  }

  /** What the next period would cost if it were paid now. */
  preview(): string | null {
    try {
      return this.#renewal(this.#position.termMonths, []).hash;
    } catch (error) {
      if (error instanceof Refusal) return null;
      throw error;
    }
  }

  #try(command: Command): Done {
    switch (command.do) {
      case 'wait':
        this.today += command.days;
        return NOTHING;
      case 'add':
        return this.#add(command.item, command.pieces);
      case 'delete':
        return this.#delete(command.nth);
      case 'keep': {
        const one = this.#nth(command.nth);
        if (one) one.entitlement = { ...one.entitlement, renews: command.renews };
        return NOTHING;
      }
      case 'renew':
        return this.#renew(command.termMonths ?? this.#position.termMonths, command.drop);
      case 'change':
        this.#publish(command.change, this.today + command.change.startsIn);
        return NOTHING;
    }
  }

  #terms(): { list: PriceList; tax: QuoteTax } {
    const list = { sellerId: 'operator', audience: 'clients', currency: 'RUB' } as const;
    return { list: { ...list, catalogue: catalogueWith(this.#editions) }, tax: TAX };
  }

  #nth(nth: number): Held | undefined {
    return this.held[nth % Math.max(1, this.held.length)];
  }

  #hold(
    componentId: string,
    state: Renewable['state'],
    quantity: number,
    lines: QuoteLine[],
  ): void {
    this.#entitlements += 1;
    const id = `ent_${String(this.#entitlements).padStart(4, '0')}`;
    const sinceOn = dateOf(this.today);
    this.held.push({
      entitlement: { id, componentId, state, quantity, sinceOn, renews: true, endsOn: null },
      lines: lines.map((line) => ({ line, creditedMinor: 0n })),
    });
  }

  #add(componentId: string, quantity: number): Done {
    const subscription = { ...this.#position, planId: PLAN };
    const choice = { componentId, quantity };
    const quote = quoteAddOn({ ...this.#terms(), subscription, choice, on: dateOf(this.today) });
    this.#hold(componentId, 'bought', quantity, quote.lines);
    return { charged: chargedLines(quote), credited: [] };
  }

  #delete(nth: number): Done {
    const one = this.#nth(nth);
    if (!one) return NOTHING;
    this.held.splice(this.held.indexOf(one), 1);
    const credited = one.lines.map(({ line, creditedMinor }) => ({
      line,
      amountMinor: creditFor(line, dateOf(this.today), creditedMinor),
    }));
    return { charged: [], credited: credited.filter(({ amountMinor }) => amountMinor > 0n) };
  }

  #renewal(termMonths: number, drop: string[]): Quote {
    return quoteRenewal({
      ...this.#terms(),
      planId: PLAN,
      subscribedOn: dateOf(this.#firstDay),
      next: nextPosition(this.#position, termMonths),
      entitlements: this.held.map(({ entitlement }) => entitlement),
      drop,
      noticed: ({ id }) => this.#told.has(id),
    });
  }

  #renew(termMonths: number, dropNth: number): Done {
    const dropped = this.held[dropNth]?.entitlement.id;
    const quote = this.#renewal(termMonths, dropped ? [dropped] : []);
    this.#position = nextPosition(this.#position, termMonths);
    for (const line of quote.lines) {
      const one = this.held.find(({ entitlement }) => entitlement.id === line.entitlementId);
      if (!one) continue;
      if (line.state === 'dropped' || line.state === 'ended') {
        this.held.splice(this.held.indexOf(one), 1);
        continue;
      }
      one.entitlement = { ...one.entitlement, state: line.state };
      if (line.state === 'bought') one.lines.push({ line, creditedMinor: 0n });
    }
    return { charged: chargedLines(quote), credited: [] };
  }

  #publish(change: Change, starts: Day): void {
    const no = this.#editions.length + 1;
    const id = `edition-${no}`;
    const kind = change.item === PLAN ? ('plan' as const) : ('component' as const);
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
    const { reachesAfter } = change;
    this.#editions = [
      ...this.#editions,
      {
        id,
        sellerId: 'operator',
        no,
        title: id,
        effectiveOn: dateOf(starts),
        existingOn: reachesAfter === null ? null : dateOf(starts + reachesAfter),
        noticeDays: 30,
        state: 'published',
        prices: rungs.flatMap(({ termMonths, monthlyMinor }) =>
          monthlyMinor === null ? [] : [{ ...row, termMonths, monthlyMinor }],
        ),
        inclusions: change.mode
          ? [{ planId: PLAN, componentId: change.item, mode: change.mode }]
          : [],
      },
    ];
    if (change.isTold) this.#told.add(id);
  }
}

function dateOf(day: Day): Temporal.PlainDate {
  return Temporal.PlainDate.from(textOf(day));
}

/** The plan with a licence that is never refunded, and addresses that are. */
function catalogueWith(editions: Edition[]): Catalogue {
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
  return { ...catalogue, components };
}
