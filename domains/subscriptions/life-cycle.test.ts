import { describe, expect, it } from 'vitest';
import type { LifeCycleStepName } from './life-cycle.ts';
import { nextStep } from './life-cycle.ts';
import { firstPosition } from './period.ts';
import type { LifeCycleMarks, Subscription } from './subscription.ts';

const POLICY = {
  reminderDaysOfMonth: [1, 11, 21],
  remindFromDays: 45,
  autoRenewDaysShort: 7,
  autoRenewDaysLong: 30,
  noticeDaysBeforeAutoRenew: 3,
  deleteAfterDays: 15,
};

const day = (text: string) => Temporal.PlainDate.from(text);

function subscription(
  on: string,
  termMonths: number,
  over: Partial<Subscription> = {},
): Subscription {
  return {
    id: 'sub_1',
    branch: 1,
    brandId: 'brd_1',
    sellerId: 'sel_1',
    clientId: 'cli_1',
    productId: 'linux',
    planId: 'grow',
    domainName: 'example.ru',
    ...firstPosition(day(on), termMonths),
    subscribedOn: day(on),
    zone: 'Europe/Moscow',
    currency: 'RUB',
    state: 'active',
    autoRenew: true,
    createdAt: Temporal.Instant.from(`${on}T09:00:00Z`),
    suspendedAt: null,
    suspendedFor: null,
    deletedAt: null,
    marks: { remindedOn: null, noticeSentFor: null, renewalTriedFor: null },
    next: null,
    stepAttempts: 0,
    stepError: null,
    ...over,
  };
}

/** Lets every step happen on time and leave its mark, and tells them with their local time. */
function wholeLife(start: Subscription): string[] {
  const told: string[] = [];
  let at = start;
  for (;;) {
    const step = nextStep(at, POLICY);
    if (!step) return told;
    const local = step.at.toZonedDateTimeISO(at.zone);
    told.push(`${local.toPlainDate()} ${local.hour}h ${step.name}`);
    at = after(at, step.name, local.toPlainDate());
  }
}

function after(at: Subscription, step: LifeCycleStepName, on: Temporal.PlainDate): Subscription {
  const end = at.period?.end ?? null;
  const marks: Record<'notice' | 'renew' | 'remind', Partial<LifeCycleMarks>> = {
    notice: { noticeSentFor: end },
    renew: { renewalTriedFor: end },
    remind: { remindedOn: on },
  };
  if (step === 'suspend') return { ...at, state: 'suspended', suspendedFor: 'unpaid' };
  if (step === 'delete') return { ...at, state: 'deleted' };
  return { ...at, marks: { ...at.marks, ...marks[step] } };
}

describe('what time does to a package that nobody pays', () => {
  it('a year: reminders from 45 days, renewal at 30, suspension at the end, deletion 15 later', () => {
    expect(wholeLife(subscription('2022-05-15', 12))).toEqual([
      '2023-04-01 9h remind',
      '2023-04-11 9h remind',
      '2023-04-12 9h notice',
      '2023-04-15 9h renew',
      '2023-04-21 9h remind',
      '2023-05-01 9h remind',
      '2023-05-11 9h remind',
      '2023-05-15 0h suspend',
      '2023-05-21 9h remind',
      '2023-05-30 0h delete',
    ]);
  });

  it('a month: renewal at 7 days, and no reminder on the day it was bought', () => {
    expect(wholeLife(subscription('2023-02-01', 1))).toEqual(
      [
        '2023-02-11 9h remind',
        '2023-02-19 9h notice',
        '2023-02-21 9h remind',
        '2023-02-22 9h renew',
        '2023-03-01 0h suspend',
        '2023-03-01 9h remind',
        '2023-03-11 9h remind',
        '2023-03-16 0h delete',
      ].toSorted(),
    );
  });

  it('exactly three months count as a longer term', () => {
    const steps = wholeLife(subscription('2023-01-10', 3));
    expect(steps).toContain('2023-03-11 9h renew');
  });

  it('without automatic renewal there is neither notice nor renewal', () => {
    const steps = wholeLife(subscription('2022-05-15', 12, { autoRenew: false }));
    expect(steps.filter((step) => /notice|renew/.test(step))).toEqual([]);
  });
});

describe('the next step', () => {
  it('of two that are late the notice comes before the renewal', () => {
    const late = subscription('2022-05-15', 12);
    expect(nextStep(late, { ...POLICY, remindFromDays: 0 })?.name).toBe('notice');
  });

  it.each(['pending', 'cancelled', 'deleted'] as const)('there is none for %s', (state) => {
    expect(nextStep(subscription('2022-05-15', 12, { state }), POLICY)).toBeNull();
  });

  it('begins anew when a renewal was paid early', () => {
    const marks = {
      remindedOn: day('2023-04-11'),
      noticeSentFor: day('2023-05-15'),
      renewalTriedFor: day('2023-05-15'),
    };
    const period = { start: day('2023-05-15'), end: day('2024-05-15') };
    const renewed = subscription('2022-05-15', 12, { marks, cycle: 1, period });
    expect(nextStep(renewed, POLICY)?.at.toString()).toBe('2024-04-01T06:00:00Z');
  });

  it('falls on the day of the seller’s zone, not of the server', () => {
    const tokyo = subscription('2022-05-15', 12, { zone: 'Asia/Tokyo', state: 'suspended' });
    const last = nextStep(tokyo, { ...POLICY, reminderDaysOfMonth: [] });
    expect(last).toEqual({ name: 'delete', at: Temporal.Instant.from('2023-05-29T15:00:00Z') });
  });
});
