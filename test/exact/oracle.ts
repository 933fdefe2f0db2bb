import { dayOfMonth, monthsFrom } from './calendar.ts';
import type { Day } from './calendar.ts';
import type { First } from './engine.ts';
import { isPlan } from './commands.ts';
import type { Change, Command, ComponentId, ItemId, PlanId } from './commands.ts';

/**
 * What ought to be charged, worked out the long way: day by day, in exact fractions, by rules read
 * from the specification and not from the engine. Money that is charged is a sum over days of
 * price / days of the term.
 */
export type Due = {
  item: ItemId;
  from: Day;
  to: Day;
  /** The exact amount as a fraction. */
  part: bigint;
  whole: bigint;
  /** The whole term is paid for, so the amount is the price itself. */
  isWhole: boolean;
};

/** What is given back: the exact amount for each line, before the cap of what was paid. */
export type Answer = { charged: Due[]; credited: Due[] } | 'refused';

type Edition = Change & { no: number; starts: Day };
type Paid = Due & { price: bigint; days: number };
type Mode = 'included' | 'addon' | 'none';
type Renewal = { term: number; dropped: Thing | undefined };
/** `whole`: where the term begins of which a period is the last part. */
type Period = { start: Day; end: Day; term: number; whole: Day };
type Thing = {
  item: ComponentId;
  state: 'included' | 'grandfathered' | 'bought';
  pieces: number;
  since: Day;
  renews: boolean;
  paid: Paid[];
};

const NOTHING: Answer = { charged: [], credited: [] };
const COMPONENTS: readonly ComponentId[] = ['whmcs', 'ip'];
const PIECES_MAX = { whmcs: 1, ip: 10 };

export class Oracle {
  today: Day;
  /** Days the package is paid for; never a gap. */
  readonly days: Day[] = [];
  readonly things: Thing[] = [];
  readonly #editions: Edition[];
  /** The day whose terms the package has. */
  #since: Day;
  #plan: PlanId = 'grow';
  readonly #periods: Period[] = [];
  /** What was paid for the package itself, as long as it was not given back. */
  readonly #paid: Paid[] = [];
  /** A renewal that waits to be paid, and how many editions there were when it was priced. */
  #open: (Renewal & { editions: number }) | null = null;
  /** Editions that count; those published since an invoice was made do not touch it. */
  #count = Infinity;
  #anchor: Day;
  /** Which term after the anchor; the part of one up to a billing day is the one before it. */
  #k = 0;
  #buysTerm = false;
  #term: number;

  constructor({ startsOn, termMonths, billingDay }: First, first: readonly Change[]) {
    this.today = startsOn;
    this.#since = startsOn;
    this.#anchor = startsOn;
    this.#term = termMonths;
    if (billingDay) {
      while (dayOfMonth(this.#anchor) !== billingDay.dayOfMonth) this.#anchor += 1;
      if (this.#anchor > startsOn) this.#k = -1;
      this.#buysTerm = billingDay.andWholeTerm;
    }
    this.#editions = first.map((change, no) => ({ ...change, no, starts: 0 }));
  }

  /** The purchase of the package. */
  buy(): Answer {
    this.#include(COMPONENTS);
    const price = this.#priceFor('grow', this.today, this.today, this.#term) ?? 0n;
    const charged = [this.#payPackage(price)];
    if (this.#k < 0 && this.#buysTerm) {
      this.#k = 0;
      charged.push(this.#payPackage(price));
    }
    return { charged, credited: [] };
  }

  act(command: Command): Answer {
    switch (command.do) {
      case 'wait':
        this.today += command.days;
        return NOTHING;
      case 'add':
        return isPlan(command.item) ? 'refused' : this.#add(command.item, command.pieces);
      case 'delete':
        return this.#delete(command.nth);
      case 'keep': {
        const thing = this.#nth(command.nth);
        if (thing) thing.renews = command.renews;
        this.#revise();
        return NOTHING;
      }
      case 'renew':
        return this.#renew(this.#chosen(command));
      case 'align':
        return this.#align(command.dayOfMonth);
      case 'order':
        return this.#order(this.#chosen(command));
      case 'pay':
        return this.#pay();
      case 'upgrade':
        return this.#upgrade(command.to, command.giveUp);
      case 'change': {
        const { change } = command;
        const starts = this.today + change.startsIn;
        this.#editions.push({ ...change, no: this.#editions.length, starts });
        return NOTHING;
      }
    }
  }

  get #end(): Day {
    return monthsFrom(this.#anchor, this.#term * (this.#k + 1));
  }

  /** Up to that day as the last part of the term that ends there. */
  #align(day: number): Answer {
    if (dayOfMonth(this.#end) === day) return 'refused';
    return this.#renew({ term: this.#term, dropped: undefined }, day);
  }

  #nth(nth: number): Thing | undefined {
    return this.things[nth % Math.max(1, this.things.length)];
  }

  #add(item: ComponentId, pieces: number): Answer {
    const end = this.#end;
    if (this.today >= end) return 'refused';
    if (this.#mode(item, this.#plan, this.today, this.today) !== 'addon') return 'refused';
    if (pieces > PIECES_MAX[item]) return 'refused';
    const monthly = this.#monthly(item, this.today, this.today, 'all');
    if (monthly === null) return 'refused';
    const price = monthly * BigInt(this.#term) * BigInt(pieces);
    // From today on, in each period of the present term that is paid for.
    const paid: Paid[] = [];
    const ahead = this.#k < 0 ? this.#periods.filter((one) => one.end > this.today) : [];
    for (const { start, end: until, whole } of ahead) {
      const span = { from: Math.max(start, this.today), to: until };
      paid.push(dueOf(item, span, price, { start: whole, end: until }));
    }
    for (let k = this.#k, until = end; ahead.length === 0 && until > this.today; k -= 1) {
      const start = monthsFrom(this.#anchor, this.#term * k);
      paid.unshift(
        dueOf(item, { from: Math.max(start, this.today), to: until }, price, { start, end: until }),
      );
      until = start;
    }
    this.things.push({ item, state: 'bought', pieces, since: this.today, renews: true, paid });
    this.#revise();
    return { charged: paid, credited: [] };
  }

  #delete(nth: number): Answer {
    const thing = this.#nth(nth);
    if (!thing) return { charged: [], credited: [] };
    this.things.splice(this.things.indexOf(thing), 1);
    this.#revise();
    return { charged: [], credited: this.#backOf(thing) };
  }

  /** What is left of a thing's days, which are its holder's no more; never of a licence. */
  #backOf({ item, paid }: Thing): Due[] {
    return item === 'whmcs' ? [] : this.#giveBack(paid);
  }

  #giveBack(paid: readonly Paid[]): Due[] {
    return paid
      .filter(({ to }) => to > this.today)
      .map((one) => {
        const from = Math.max(one.from, this.today);
        const back = { ...one, from, part: one.price * BigInt(one.to - from), isWhole: false };
        one.to = from;
        return back;
      });
  }

  #chosen({ termMonths, drop }: { termMonths: number | null; drop: number }): Renewal {
    return { term: termMonths ?? this.#term, dropped: this.things[drop] };
  }

  #order(chosen: Renewal): Answer {
    if (this.#priceOfRenewal(chosen) === null) return 'refused';
    this.#open = { ...chosen, editions: this.#editions.length };
    return NOTHING;
  }

  /** Whatever changes on the package, the invoice that waits says what is on it then. */
  #revise(): void {
    if (!this.#open) return;
    const isSold = this.#priceOfRenewal(this.#open) !== null;
    this.#open = isSold ? { ...this.#open, editions: this.#editions.length } : null;
  }

  #pay(): Answer {
    if (!this.#open) return NOTHING;
    this.#count = this.#open.editions;
    const answer = this.#renew(this.#open);
    this.#count = Infinity;
    return answer;
  }

  #priceOfRenewal({ term }: Renewal): bigint | null {
    return this.#priceFor(this.#plan, this.#since, this.#end, term);
  }

  #renew(chosen: Renewal, alignTo: number | null = null): Answer {
    const boundary = this.#end;
    const { term, dropped } = chosen;
    const packagePrice = this.#priceOfRenewal(chosen);
    if (packagePrice === null) return 'refused';
    this.#open = null;
    if (alignTo !== null) {
      [this.#anchor, this.#k] = [boundary, -1];
      while (dayOfMonth(this.#anchor) !== alignTo) this.#anchor += 1;
    } else if (term === this.#term) this.#k += 1;
    else [this.#anchor, this.#k, this.#term] = [boundary, 0, term];
    const charged = [this.#payPackage(packagePrice, boundary)];
    for (const thing of [...this.things]) {
      const due = this.#renewThing(thing, boundary, thing === dropped);
      if (due) charged.push(due);
    }
    return { charged, credited: [] };
  }

  #renewThing(thing: Thing, boundary: Day, isDropped: boolean): Due | null {
    const since = thing.state === 'bought' ? thing.since : this.#since;
    const leave = (): null => {
      this.things.splice(this.things.indexOf(thing), 1);
      return null;
    };
    if (isDropped || !thing.renews) return leave();
    if (this.#mode(thing.item, this.#plan, since, boundary) === 'included') {
      if (thing.state === 'bought') thing.state = 'included';
      return null;
    }
    const price = this.#priceFor(thing.item, since, boundary, this.#term);
    if (price === null) {
      if (thing.state === 'bought') return leave();
      thing.state = 'grandfathered';
      return null;
    }
    thing.state = 'bought';
    const termStart = monthsFrom(this.#anchor, this.#term * this.#k);
    const whole = { start: termStart, end: this.#end };
    const span = { from: boundary, to: whole.end };
    const due = dueOf(thing.item, span, price * BigInt(thing.pieces), whole);
    thing.paid.push(due);
    return due;
  }

  #payPackage(price: bigint, from = this.today): Due {
    const whole = monthsFrom(this.#anchor, this.#term * this.#k);
    const start = this.#k < 0 ? from : whole;
    const end = this.#end;
    for (let day = start; day < end; day += 1) this.days.push(day);
    this.#periods.push({ start, end, term: this.#term, whole });
    const due = dueOf(this.#plan, { from: start, to: end }, price, { start: whole, end });
    this.#paid.push(due);
    return due;
  }

  /**
   * Days under the old plan that are still to come are given back at what they cost, and bought
   * again of the new one, period by period.
   */
  #upgrade(to: PlanId, giveUp: boolean): Answer {
    if (to === this.#plan) return 'refused';
    const fresh = this.#fromToday(to, 1);
    const fates = this.things.map((thing) => ({ thing, fate: this.#fateOf(thing, to) }));
    if (!fresh?.length) return 'refused';
    if (!giveUp && fates.some(({ fate }) => fate === 'goes')) return 'refused';
    const credited = this.#giveBack(this.#paid);
    this.#paid.push(...fresh);
    const charged = [...fresh];
    for (const { thing, fate } of fates) {
      if (fate === 'goes') this.things.splice(this.things.indexOf(thing), 1);
      if (fate === 'goes' || fate === 'included') credited.push(...this.#backOf(thing));
      if (fate === 'included') [thing.state, thing.paid] = ['included', []];
      if (fate === 'free') thing.state = 'grandfathered';
      if (typeof fate === 'string') continue;
      thing.state = 'bought';
      thing.paid.push(...fate);
      charged.push(...fate);
    }
    this.#plan = to;
    this.#since = this.today;
    this.#include(COMPONENTS.filter((item) => !this.things.some((one) => one.item === item)));
    this.#revise();
    return { charged, credited };
  }

  /** What becomes of a thing on another plan; what it is charged, if it was free and is no more. */
  #fateOf(thing: Thing, to: PlanId): 'included' | 'free' | 'stays' | 'goes' | Paid[] {
    const { item, state, pieces } = thing;
    const mode = this.#mode(item, to, this.today, this.today);
    if (mode === 'included') return 'included';
    if (state === 'bought') return mode === 'addon' ? 'stays' : 'goes';
    if (state === 'grandfathered' && mode === 'addon') return 'free';
    const present = this.#periods.find(({ end }) => end > this.today);
    const wasFree = this.#mode(item, to, this.#since, present?.start ?? this.today) === 'included';
    if (wasFree) return 'free';
    return (mode === 'addon' && this.#fromToday(item, pieces)) || 'goes';
  }

  /** An item in all days that are paid for, at today's price; null when it has none. */
  #fromToday(item: ItemId, pieces: number): Paid[] | null {
    const all: Paid[] = [];
    for (const { start, end, term, whole } of this.#periods.filter((one) => one.end > this.today)) {
      const monthly = this.#monthly(item, this.today, this.today, 'all', term);
      if (monthly === null) return null;
      const price = monthly * BigInt(term) * BigInt(pieces);
      const span = { from: Math.max(start, this.today), to: end };
      all.push(dueOf(item, span, price, { start: whole, end }));
    }
    return all;
  }

  /** What comes with the plan for those who buy it today. */
  #include(items: readonly ComponentId[]): void {
    for (const item of items) {
      if (this.#mode(item, this.#plan, this.today, this.today) !== 'included') continue;
      const thing = { item, state: 'included' as const, pieces: 1, since: this.today };
      this.things.push({ ...thing, renews: true, paid: [] });
    }
  }

  #priceFor(item: ItemId, since: Day, boundary: Day, term: number): bigint | null {
    const monthly = this.#monthly(item, since, boundary, 'told', term);
    return monthly === null ? null : monthly * BigInt(term);
  }

  /**
   * One edition after the other, the oldest first: one that held on the day of purchase counts; one
   * that reaches existing packages by the boundary counts if it is no dearer or was told.
   */
  #monthly(
    item: ItemId,
    since: Day,
    boundary: Day,
    told: 'told' | 'all',
    term = this.#term,
  ): bigint | null {
    let price: bigint | null | undefined;
    for (const edition of this.#inOrder()) {
      if (edition.item !== item) continue;
      if (edition.monthly === null && edition.monthlyOfYear === null) continue;
      const own = term >= 12 ? (edition.monthlyOfYear ?? edition.monthly) : edition.monthly;
      const isDearer = price !== undefined && price !== null && (own === null || own > price);
      if (this.#counts(edition, since, boundary, isDearer && told === 'told')) price = own;
    }
    return price ?? null;
  }

  #mode(item: ComponentId, plan: PlanId, since: Day, boundary: Day): Mode {
    let mode: Mode | null = null;
    for (const edition of this.#inOrder()) {
      if (edition.item !== item || edition.mode?.planId !== plan) continue;
      const isWorse = mode === 'included' && edition.mode.as === 'addon';
      if (this.#counts(edition, since, boundary, isWorse)) mode = edition.mode.as;
    }
    return mode ?? 'none';
  }

  #inOrder(): Edition[] {
    const known = this.#editions.filter(({ no }) => no < this.#count);
    return known.toSorted((a, b) => a.starts - b.starts || a.no - b.no);
  }

  #counts(edition: Edition, since: Day, boundary: Day, mustBeTold: boolean): boolean {
    if (edition.starts <= since) return true;
    if (edition.reachesAfter === null) return false;
    if (edition.starts + edition.reachesAfter > boundary) return false;
    return !mustBeTold || edition.isTold;
  }
}

/** The days' shares, added one by one. */
function dueOf(
  item: ItemId,
  { from, to }: { from: Day; to: Day },
  price: bigint,
  term: { start: Day; end: Day },
): Paid {
  let part = 0n;
  for (let day = from; day < to; day += 1) part += price;
  const days = term.end - term.start;
  const isWhole = from === term.start && to === term.end;
  return { item, from, to, part, whole: BigInt(days), isWhole, price, days };
}
