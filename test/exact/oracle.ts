import { monthsFrom } from './calendar.ts';
import type { Day } from './calendar.ts';
import type { Change, Command, ItemId } from './commands.ts';

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
type Thing = {
  item: ItemId;
  state: 'included' | 'grandfathered' | 'bought';
  pieces: number;
  since: Day;
  renews: boolean;
  paid: Paid[];
};

const PIECES_MAX = { whmcs: 1, ip: 10, grow: 1 };

export class Oracle {
  today: Day;
  /** Days the package is paid for; never a gap. */
  readonly days: Day[] = [];
  readonly things: Thing[] = [];
  readonly #editions: Edition[];
  readonly #firstDay: Day;
  #anchor: Day;
  #k = 0;
  #term: number;

  constructor(startsOn: Day, termMonths: number, first: readonly Change[]) {
    this.today = startsOn;
    this.#firstDay = startsOn;
    this.#anchor = startsOn;
    this.#term = termMonths;
    this.#editions = first.map((change, no) => ({ ...change, no, starts: 0 }));
  }

  /** The purchase of the package. */
  buy(): Answer {
    for (const item of ['whmcs', 'ip'] as const) {
      if (this.#mode(item, this.today, this.today) !== 'included') continue;
      const thing = { item, state: 'included' as const, pieces: 1, since: this.today };
      this.things.push({ ...thing, renews: true, paid: [] });
    }
    return {
      charged: [this.#payPackage(this.#price('grow', this.today, this.today) ?? 0n)],
      credited: [],
    };
  }

  act(command: Command): Answer {
    switch (command.do) {
      case 'wait':
        this.today += command.days;
        return { charged: [], credited: [] };
      case 'add':
        return this.#add(command.item, command.pieces);
      case 'delete':
        return this.#delete(command.nth);
      case 'keep': {
        const thing = this.#nth(command.nth);
        if (thing) thing.renews = command.renews;
        return { charged: [], credited: [] };
      }
      case 'renew':
        return this.#renew(command.termMonths ?? this.#term, command.drop);
      case 'change': {
        const { change } = command;
        const starts = this.today + change.startsIn;
        this.#editions.push({ ...change, no: this.#editions.length, starts });
        return { charged: [], credited: [] };
      }
    }
  }

  get #end(): Day {
    return monthsFrom(this.#anchor, this.#term * (this.#k + 1));
  }

  #nth(nth: number): Thing | undefined {
    return this.things[nth % Math.max(1, this.things.length)];
  }

  #add(item: ItemId, pieces: number): Answer {
    const end = this.#end;
    if (this.today >= end) return 'refused';
    if (this.#mode(item, this.today, this.today) !== 'addon') return 'refused';
    if (pieces > PIECES_MAX[item]) return 'refused';
    const monthly = this.#monthly(item, this.today, this.today, 'all');
    if (monthly === null) return 'refused';
    const price = monthly * BigInt(this.#term) * BigInt(pieces);
    // From today on, in each period of the present term that is paid for.
    const paid: Paid[] = [];
    for (let k = this.#k, until = end; until > this.today; k -= 1) {
      const start = monthsFrom(this.#anchor, this.#term * k);
      paid.unshift(
        dueOf(item, { from: Math.max(start, this.today), to: until }, price, { start, end: until }),
      );
      until = start;
    }
    this.things.push({ item, state: 'bought', pieces, since: this.today, renews: true, paid });
    return { charged: paid, credited: [] };
  }

  #delete(nth: number): Answer {
    const thing = this.#nth(nth);
    if (!thing) return { charged: [], credited: [] };
    this.things.splice(this.things.indexOf(thing), 1);
    if (thing.item === 'whmcs') return { charged: [], credited: [] };
    const credited = thing.paid
      .filter(({ to }) => to > this.today)
      .map((one) => {
        const from = Math.max(one.from, this.today);
        return { ...one, from, part: one.price * BigInt(one.to - from), isWhole: false };
      });
    return { charged: [], credited };
  }

  #renew(term: number, drop: number): Answer {
    const boundary = this.#end;
    const packagePrice = this.#priceFor('grow', this.#firstDay, boundary, term);
    if (packagePrice === null) return 'refused';
    if (term === this.#term) this.#k += 1;
    else [this.#anchor, this.#k, this.#term] = [boundary, 0, term];
    const charged = [this.#payPackage(packagePrice)];
    const dropped = this.things[drop];
    for (const thing of [...this.things]) {
      const due = this.#renewThing(thing, boundary, thing === dropped);
      if (due) charged.push(due);
    }
    return { charged, credited: [] };
  }

  #renewThing(thing: Thing, boundary: Day, isDropped: boolean): Due | null {
    const since = thing.state === 'bought' ? thing.since : this.#firstDay;
    const leave = (): null => {
      this.things.splice(this.things.indexOf(thing), 1);
      return null;
    };
    if (isDropped || !thing.renews) return leave();
    if (this.#mode(thing.item, since, boundary) === 'included') {
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
    const whole = { start: boundary, end: this.#end };
    const span = { from: boundary, to: whole.end };
    const due = dueOf(thing.item, span, price * BigInt(thing.pieces), whole);
    thing.paid.push(due);
    return due;
  }

  #payPackage(price: bigint): Due {
    const start = monthsFrom(this.#anchor, this.#term * this.#k);
    const end = this.#end;
    for (let day = start; day < end; day += 1) this.days.push(day);
    return dueOf('grow', { from: start, to: end }, price, { start, end });
  }

  #price(item: ItemId, since: Day, boundary: Day): bigint | null {
    return this.#priceFor(item, since, boundary, this.#term);
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

  #mode(item: ItemId, since: Day, boundary: Day): 'included' | 'addon' | 'none' {
    let mode: 'included' | 'addon' | null = null;
    for (const edition of this.#inOrder()) {
      if (edition.item !== item || edition.mode === null) continue;
      const isWorse = mode === 'included' && edition.mode === 'addon';
      if (this.#counts(edition, since, boundary, isWorse)) mode = edition.mode;
    }
    return mode ?? 'none';
  }

  #inOrder(): Edition[] {
    return this.#editions.toSorted((a, b) => a.starts - b.starts || a.no - b.no);
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
