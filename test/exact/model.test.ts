import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { RUNS } from '#test/harness/runs.ts';
import { dayOf } from './calendar.ts';
import { history } from './commands.ts';
import type { Change, PlanId } from './commands.ts';
import { Engine } from './engine.ts';
import type { Done } from './engine.ts';
import { Oracle } from './oracle.ts';
import type { Answer, Due } from './oracle.ts';

const always = {
  ...{ monthly: null, monthlyOfYear: null, startsIn: 0, reachesAfter: null, isTold: false },
  mode: null,
};

/**
 * Before anything happens: a price for each thing, and the licence within the first plan or beside
 * it, within the second, and not to be had with the third.
 */
function firstOf(licence: 'included' | 'addon'): Change[] {
  const inPlan = (planId: PlanId, as: 'included' | 'addon') => ({ mode: { planId, as } });
  return [
    { ...always, item: 'grow', monthly: 1_500_00n, monthlyOfYear: 1_350_00n },
    { ...always, item: 'pro', monthly: 2_790_00n, monthlyOfYear: 2_499_99n },
    { ...always, item: 'bare', monthly: 333_33n },
    { ...always, item: 'whmcs', monthly: 800_00n, ...inPlan('grow', licence) },
    { ...always, item: 'whmcs', ...inPlan('pro', 'included') },
    { ...always, item: 'ip', monthly: 299_99n, ...inPlan('grow', 'addon') },
    { ...always, item: 'ip', ...inPlan('pro', 'included') },
    { ...always, item: 'ip', ...inPlan('bare', 'addon') },
  ];
}

type Amount = { item: string; from: number; to: number; minor: bigint };

function amountsOf(done: Exclude<Done, 'refused'>): { charged: Amount[]; credited: Amount[] } {
  const charged = done.charged.map(({ itemId, period, totalMinor }) => ({
    item: itemId,
    from: dayOf(period.start.toString()),
    to: dayOf(period.end.toString()),
    minor: totalMinor,
  }));
  const credited = done.credited.map(({ line, amountMinor }) => ({
    item: line.itemId,
    from: dayOf(line.period.start.toString()),
    to: dayOf(line.period.end.toString()),
    minor: amountMinor,
  }));
  return { charged, credited };
}

/**
 * Half a minor unit off at most, and nothing at all where the whole term is paid for. What is
 * charged or given back here ends with its term, so it is rounded once.
 */
function expectExact(amount: Amount | undefined, due: Due): void {
  expect(amount).toMatchObject({ item: due.item, to: due.to });
  const minor = amount?.minor ?? 0n;
  const off = minor * due.whole - due.part;
  expect(2n * off <= due.whole && -2n * off <= due.whole).toBe(true);
  if (due.isWhole) expect(off).toBe(0n);
}

function expectSame(done: Done, answer: Answer): void {
  if (done === 'refused' || answer === 'refused') {
    expect(done).toBe(answer);
    return;
  }
  const { charged, credited } = amountsOf(done);
  expect(charged.map(({ item, from, to }) => [item, from, to])).toEqual(
    answer.charged.map(({ item, from, to }) => [item, from, to]),
  );
  for (const [index, due] of answer.charged.entries()) expectExact(charged[index], due);
  // A credit of less than half a minor unit is none.
  const worth = answer.credited.filter(({ part, whole }) => 2n * part >= whole);
  expect(credited.map(({ item, to }) => [item, to])).toEqual(
    worth.map(({ item, to }) => [item, to]),
  );
  for (const [index, due] of worth.entries()) expectExact(credited[index], due);
}

describe('P15: whatever is done to a package, in whatever order', () => {
  it('every charge and credit is the sum over its days, worked out the long way', () => {
    let acts = 0;
    fc.assert(
      fc.property(history, ({ licence, commands, ...start }) => {
        const first = firstOf(licence);
        const engine = new Engine(start, first);
        const oracle = new Oracle(start, first);
        expectSame(engine.buy(), oracle.buy());
        for (const command of commands) {
          expectSame(engine.act(command), oracle.act(command));
          acts += 1;
        }
        expect(engine.held.map(({ entitlement }) => entitlement.componentId)).toEqual(
          oracle.things.map(({ item }) => item),
        );
        // Paid days follow one another without gap or repeat.
        expect(oracle.days).toEqual(
          Array.from({ length: oracle.days.length }, (_, index) => start.startsOn + index),
        );
      }),
      RUNS,
    );
    expect(acts).toBeGreaterThan(1000);
  });

  it('P6: what a preview says does not depend on the day it is asked for', () => {
    fc.assert(
      fc.property(history, fc.nat(400), ({ licence, commands, ...start }, days) => {
        const engine = new Engine(start, firstOf(licence));
        engine.buy();
        for (const command of commands) engine.act(command);
        const before = engine.preview();
        engine.act({ do: 'wait', days });
        expect(engine.preview()).toBe(before);
      }),
      RUNS,
    );
  });
});
