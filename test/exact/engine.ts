import { componentMoves } from '#domains/billing/component-moves.ts';
import type { ComponentMove, Moves } from '#domains/billing/component-moves.ts';
import { creditFor } from '#domains/billing/credit.ts';
import { quoteAddOn, quotePackage, quotePlanChange, quoteRenewal } from '#domains/billing/index.ts';
import type {
  PaidLine,
  PlanChangeQuote,
  PriceList,
  Quote,
  QuoteLine,
  QuoteTax,
} from '#domains/billing/index.ts';
import type { Invoice } from '#domains/billing/invoice.ts';
import type { Renewable } from '#domains/billing/quote-renewal.ts';
import { chargedLines } from '#domains/billing/quote.ts';
import { nextPosition } from '#domains/subscriptions/index.ts';
import { firstPaid } from '#domains/subscriptions/period.ts';
import type { PaidPeriod } from '#domains/subscriptions/period-store.ts';
import { Refusal } from '#kit/refusal.ts';
import { nextBillingDay, termOf } from '#kit/term.ts';
import type { BillingStart, Period } from '#kit/term.ts';
import type { Day } from './calendar.ts';
import { catalogueWith, dateOf, editionOf } from './catalogue.ts';
import type { BillingDay, Change, Command, PlanId } from './commands.ts';

type Credit = { line: QuoteLine; amountMinor: bigint };
export type Done = { charged: QuoteLine[]; credited: Credit[] } | 'refused';

export type First = { startsOn: Day; termMonths: number; billingDay: BillingDay | null };

type Charged = { line: QuoteLine; creditedMinor: bigint };
type Held = { entitlement: Renewable; lines: Charged[] };
type Renewal = { termMonths: number; dropId: string | null; alignTo?: Temporal.PlainDate };

const TAX: QuoteTax = { place: 'RU', rateBp: 2000, reason: null, included: true };
const NOTHING: Done = { charged: [], credited: [] };

const paidFor = (lines: readonly QuoteLine[]): Charged[] =>
  lines.map((line) => ({ line, creditedMinor: 0n }));

/** One package under the engine's own functions, kept as the tables keep it. */
export class Engine {
  today: Day;
  readonly held: Held[] = [];
  #editions: ReturnType<typeof editionOf>[] = [];
  readonly #told = new Set<string>();
  #planId: PlanId = 'grow';
  #subscribedOn: Day;
  #position;
  readonly #start: BillingStart | null;
  readonly #periods: PaidPeriod[] = [];
  /** What was paid for the package itself. */
  readonly #package: Charged[] = [];
  #entitlements = 0;
  /** A renewal that was ordered, with the invoice that waits to be paid. */
  #open: (Renewal & { quote: Quote }) | null = null;

  constructor({ startsOn, termMonths, billingDay }: First, first: readonly Change[]) {
    this.today = startsOn;
    this.#subscribedOn = startsOn;
    const on = dateOf(startsOn);
    this.#start = billingDay && {
      anchorOn: nextBillingDay(on, billingDay.dayOfMonth),
      andWholeTerm: billingDay.andWholeTerm,
    };
    const { position, paid } = firstPaid(on, termMonths, this.#start);
    this.#position = position;
    this.#periods.push(...paid);
    for (const change of first) this.#publish(change, 0);
  }

  buy(): Done {
    const { termMonths } = this.#position;
    const ask = { planId: this.#planId, termMonths, on: dateOf(this.today), addOns: [] };
    const quote = quotePackage({ ...this.#terms(), ...ask, start: this.#start });
    for (const line of quote.lines) {
      if (line.kind === 'package') this.#package.push(...paidFor([line]));
      else if (line.state === 'included') this.#hold(line.itemId, 'included', 1, []);
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
      return this.#renewal({ termMonths: this.#position.termMonths, dropId: null }).hash;
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
        this.#revise();
        return NOTHING;
      }
      case 'renew':
        return this.#renew(this.#chosen(command));
      case 'align': {
        const alignTo = nextBillingDay(this.#position.period.end, command.dayOfMonth);
        if (alignTo.equals(this.#position.period.end)) return 'refused';
        return this.#renew({ termMonths: this.#position.termMonths, dropId: null, alignTo });
      }
      case 'order': {
        const chosen = this.#chosen(command);
        this.#open = { ...chosen, quote: this.#renewal(chosen) };
        return NOTHING;
      }
      case 'pay':
        return this.#open ? this.#extend(this.#open, this.#open.quote) : NOTHING;
      case 'upgrade':
        return this.#upgrade(command.to, command.giveUp);
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
    lines: readonly QuoteLine[],
  ): void {
    this.#entitlements += 1;
    const id = `ent_${String(this.#entitlements).padStart(4, '0')}`;
    const sinceOn = dateOf(this.today);
    this.held.push({
      entitlement: { id, componentId, state, quantity, sinceOn, renews: true, endsOn: null },
      lines: paidFor(lines),
    });
  }

  #add(componentId: string, quantity: number): Done {
    // Before a part that was paid ahead stand periods that cannot be told from it.
    const paid = this.#position.cycle < 0 && { paid: this.#periods };
    const subscription = { ...this.#position, ...paid, planId: this.#planId };
    const choice = { componentId, quantity };
    const quote = quoteAddOn({ ...this.#terms(), subscription, choice, on: dateOf(this.today) });
    this.#hold(componentId, 'bought', quantity, quote.lines);
    this.#revise();
    return { charged: chargedLines(quote), credited: [] };
  }

  #delete(nth: number): Done {
    const one = this.#nth(nth);
    if (!one) return NOTHING;
    this.held.splice(this.held.indexOf(one), 1);
    const credited = one.lines.map(({ line, creditedMinor }) => ({
      line,
      amountMinor: creditFor(line, dateOf(this.today), { daysMinor: creditedMinor }),
    }));
    this.#revise();
    return { charged: [], credited: credited.filter(({ amountMinor }) => amountMinor > 0n) };
  }

  #chosen({ termMonths, drop }: { termMonths: number | null; drop: number }): Renewal {
    return {
      termMonths: termMonths ?? this.#position.termMonths,
      dropId: this.held[drop]?.entitlement.id ?? null,
    };
  }

  #renewal({ termMonths, dropId, alignTo }: Renewal): Quote {
    return quoteRenewal({
      ...this.#terms(),
      planId: this.#planId,
      subscribedOn: dateOf(this.#subscribedOn),
      next: nextPosition(this.#position, termMonths, alignTo),
      entitlements: this.held.map(({ entitlement }) => entitlement),
      drop: dropId === null ? [] : [dropId],
      noticed: ({ id }) => this.#told.has(id),
    });
  }

  #renew(chosen: Renewal): Done {
    return this.#extend(chosen, this.#renewal(chosen));
  }

  /** What is unpaid always says what is on the package; what cannot be renewed any more is void. */
  #revise(): void {
    if (!this.#open) return;
    try {
      this.#open = { ...this.#open, quote: this.#renewal(this.#open) };
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      this.#open = null;
    }
  }

  #extend({ termMonths, alignTo }: Renewal, quote: Quote): Done {
    this.#open = null;
    this.#position = nextPosition(this.#position, termMonths, alignTo);
    const wholeFrom = alignTo ? termOf(this.#position).start : null;
    this.#periods.push({ ...this.#position.period, termMonths, wholeFrom });
    for (const line of quote.lines) {
      if (line.kind === 'package') this.#package.push(...paidFor([line]));
      const one = this.held.find(({ entitlement }) => entitlement.id === line.entitlementId);
      if (!one) continue;
      if (line.state === 'dropped' || line.state === 'ended') {
        this.held.splice(this.held.indexOf(one), 1);
        continue;
      }
      one.entitlement = { ...one.entitlement, state: line.state };
      if (line.state === 'bought') one.lines.push(...paidFor([line]));
    }
    return { charged: chargedLines(quote), credited: [] };
  }

  #upgrade(toPlanId: PlanId, giveUp: boolean, drop: readonly string[] = []): Done {
    try {
      return this.#changePlan(toPlanId, drop);
    } catch (error) {
      if (!giveUp || !(error instanceof Refusal)) throw error;
      const missing = error.params['entitlementId'];
      if (typeof missing !== 'string') throw error;
      return this.#upgrade(toPlanId, giveUp, [...drop, missing]);
    }
  }

  #changePlan(toPlanId: PlanId, drop: readonly string[]): Done {
    const on = dateOf(this.today);
    const { list, tax } = this.#terms();
    const isAhead = ({ end }: Period) => Temporal.PlainDate.compare(on, end) < 0;
    const { anchorOn, period } = this.#position;
    const changed = componentMoves({
      ...{ catalogue: list.catalogue, planId: this.#planId, toPlanId, on, drop },
      subscribedOn: dateOf(this.#subscribedOn),
      boundaryOn: (this.#periods.find(isAhead) ?? period).start,
      entitlements: this.held.map(({ entitlement }) => entitlement),
      noticed: ({ id }) => this.#told.has(id),
    });
    const charges = [this.#package, ...this.held.map(({ lines }) => lines)].flat();
    const paid = charges.map((charged) => ({ charged, line: this.#paidLine(charged) }));
    const quote = quotePlanChange({
      ...{ list, tax, anchorOn, periods: this.#periods, toPlanId, on, ...changed },
      paid: paid.map(({ line }) => line),
    });
    const credited = quote.credits.flatMap((part): Credit[] => {
      const charged = paid.find(({ line }) => line === part.paid)?.charged;
      if (!charged || !part.note) return [];
      charged.creditedMinor += part.note.amountMinor;
      return [{ line: charged.line, amountMinor: part.note.amountMinor }];
    });
    this.#planId = toPlanId;
    this.#subscribedOn = this.today;
    this.#take(changed, quote);
    this.#revise();
    return { charged: chargedLines(quote.charge), credited };
  }

  #paidLine({ line, creditedMinor }: Charged): PaidLine {
    const owner = this.held.find(({ lines }) => lines.some((one) => one.line === line));
    return {
      invoice: { id: 'inv_1', pricesIncludeTax: true } as Invoice,
      line: { ...line, no: 1, subscriptionId: 'sub_1', correctsNo: null },
      before: { amountMinor: creditedMinor, taxMinor: 0n },
      served: line.period,
      entitlementId: owner?.entitlement.id ?? null,
    };
  }

  #take({ moves, added }: Moves, { charge }: PlanChangeQuote): void {
    for (const line of charge.lines) {
      if (line.kind === 'package') this.#package.push(...paidFor([line]));
    }
    for (const one of [...this.held]) {
      const move = moves.find(({ entitlementId }) => entitlementId === one.entitlement.id);
      if (move) this.#move(one, move, charge);
    }
    for (const componentId of added) this.#hold(componentId, 'included', 1, []);
  }

  #move(one: Held, { entitlementId, as }: ComponentMove, { lines }: Quote): void {
    if (as === 'deleted') {
      this.held.splice(this.held.indexOf(one), 1);
      return;
    }
    one.entitlement = { ...one.entitlement, state: as };
    if (as === 'included') one.lines = [];
    one.lines.push(...paidFor(lines.filter((line) => line.entitlementId === entitlementId)));
  }

  #publish(change: Change, starts: Day): void {
    const edition = editionOf(change, starts, this.#editions.length + 1);
    this.#editions = [...this.#editions, edition];
    if (change.isTold) this.#told.add(edition.id);
  }
}
