import fc from 'fast-check';
import { expect, it } from 'vitest';
import { ticketNumber } from './ticket-number.ts';
import { mayReopen, placeInQueue, stepped } from './ticket.ts';
import type { Ticket } from './ticket.ts';

const at = (iso: string) => Temporal.Instant.from(iso);
const TICKET: Ticket = {
  id: 'tkt_00000000000000000000',
  branch: 1,
  number: '1000000',
  brandId: '',
  sellerId: '',
  clientId: '',
  clientName: '',
  department: 'support',
  subject: 'Q',
  state: 'open',
  priority: 'normal',
  openedBy: 'client',
  about: null,
  assigneeId: null,
  siteAccountId: null,
  revision: 1,
  lastBy: 'client',
  lastAt: at('2023-02-01T10:00:00Z'),
  createdAt: at('2023-02-01T10:00:00Z'),
  closedAt: null,
};

it('gives every ticket a number of its own, and no order away', () => {
  const place = fc.bigInt({ min: 0n, max: 98_999_999n });
  fc.assert(
    fc.property(place, place, (a, b) => (a === b) === (ticketNumber(a) === ticketNumber(b))),
  );
  expect([0n, 1n, 2n].map(ticketNumber)).toEqual(['1000000', '6234567', '2469134']);
  // Every number of seven digits once, then eight digits.
  const seen = new Set<string>();
  for (let place = 0n; place < 9_000_000n; place += 1_499n) seen.add(ticketNumber(place));
  expect(seen.size).toBe(Math.ceil(9_000_000 / 1499));
  expect(ticketNumber(8_999_999n)).toHaveLength(7);
  expect(ticketNumber(9_000_000n)).toBe('10000000');
});

it('is looked at by whose turn it is, how urgent it is and how long it waits', () => {
  const early = { lastAt: at('2023-02-01T08:00:00Z') };
  const inOrder: Ticket[] = [
    { ...TICKET, priority: 'urgent' },
    { ...TICKET, ...early },
    TICKET,
    { ...TICKET, priority: 'low', ...early },
    { ...TICKET, state: 'answered', priority: 'urgent', ...early },
    { ...TICKET, state: 'waiting' },
    { ...TICKET, state: 'closed' },
    { ...TICKET, state: 'closed', priority: 'urgent', ...early },
  ];
  const places = inOrder.map(placeInQueue);
  const sorted = places.toSorted((a, b) => a.rank - b.rank || Number(a.order - b.order));
  expect(places).toEqual(sorted);
});

it('may be taken up again until the last moment of its days', () => {
  const closed = stepped(TICKET, 'staff', 'closed', at('2023-02-02T10:00:00Z'));
  expect(closed).toMatchObject({ revision: 2, lastBy: 'staff' });
  expect(mayReopen(closed, 14, at('2023-02-16T09:59:59Z'))).toBe(true);
  expect(mayReopen(closed, 14, at('2023-02-16T10:00:00Z'))).toBe(false);
  expect(mayReopen(closed, 0, at('2023-02-02T10:00:00Z'))).toBe(false);
  expect(mayReopen(TICKET, 14, at('2023-02-02T10:00:00Z'))).toBe(false);
});
