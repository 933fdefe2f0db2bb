import { z } from 'zod';
import { operation } from '#platform/http/operation.ts';
import { idWire, PageQuery, pageWire, textWire } from '#platform/http/wire.ts';
import { TEXT_CHARS_MAX, TICKET_PRIORITIES, TICKET_STATES } from '../support-words.ts';
import { DepartmentWire, TicketMessageWire, TicketWire } from './ticket-wire.ts';

const read = { who: 'staff', permission: 'support.read' } as const;
const write = { who: 'staff', permission: 'support.write' } as const;
const settle = { who: 'staff', permission: 'brands.write' } as const;
const ById = z.object({ id: idWire('tkt') });
const text = textWire(TEXT_CHARS_MAX);

const PersonWire = z.object({ id: z.string(), name: z.string() });

const StaffTicketWire = TicketWire.extend({
  clientId: idWire('cli'),
  clientName: z.string(),
  brandId: idWire('brd'),
  assignee: PersonWire.nullable(),
  /** Rises with every answer; send it back with yours. */
  revision: z.int(),
});
export type StaffTicketView = z.infer<typeof StaffTicketWire>;

const DepartmentSettingsWire = z.object({
  key: z
    .string()
    .max(40)
    .regex(/^[a-z][a-z0-9-]*$/, 'small Latin letters, digits and hyphens'),
  title: z.object({ ru: textWire(60), en: textWire(60) }),
  email: z.email().max(254).nullable(),
  offered: z.boolean(),
});

const SettingsWire = z.object({
  departments: z.array(DepartmentSettingsWire).min(1).max(20),
  replies: z.array(z.object({ title: textWire(80), text: textWire(4000) })).max(50),
  reopenDays: z.int().min(0).max(365),
});

export const staffContract = {
  list: operation({
    method: 'GET',
    path: '/v1/admin/tickets',
    summary: 'The queue of our own shops: what waits for us first, the urgent and the oldest of it',
    access: read,
    input: PageQuery.extend({
      state: z
        .enum([...TICKET_STATES, 'live'])
        .optional()
        .describe('`live`: all that is not closed'),
      department: z.string().max(40).optional(),
      priority: z.enum(TICKET_PRIORITIES).optional(),
      whose: z.enum(['mine', 'nobody']).optional(),
      clientId: idWire('cli').optional(),
      search: z.string().trim().max(100).optional(),
    }),
    output: pageWire(StaffTicketWire),
  }),
  get: operation({
    method: 'GET',
    path: '/v1/admin/tickets/{id}',
    summary: 'One ticket with notes, colleagues, departments and prepared answers',
    access: read,
    input: ById,
    output: StaffTicketWire.extend({
      messages: z.array(TicketMessageWire),
      colleagues: z.array(PersonWire),
      departments: z.array(DepartmentWire),
      replies: z.array(z.object({ title: z.string(), text: z.string() })),
    }),
    refusals: ['ticket-not-found'],
  }),
  reply: operation({
    method: 'POST',
    path: '/v1/admin/tickets/{id}/replies',
    summary: 'Answer the client, and say whose turn it is then',
    access: write,
    perMinute: 30,
    secret: ['text'],
    input: ById.extend({
      text,
      revision: z.int().min(1),
      state: z.enum(['answered', 'waiting', 'closed']).default('answered'),
    }),
    output: StaffTicketWire,
    refusals: ['ticket-not-found', 'ticket-changed'],
  }),
  note: operation({
    method: 'POST',
    path: '/v1/admin/tickets/{id}/notes',
    summary: 'Leave words for colleagues; the client never sees them',
    access: write,
    perMinute: 30,
    secret: ['text'],
    input: ById.extend({ text }),
    output: StaffTicketWire,
    refusals: ['ticket-not-found'],
  }),
  change: operation({
    method: 'PATCH',
    path: '/v1/admin/tickets/{id}',
    summary: 'Assign, pass on, weigh, close or open a ticket, or say which server it is about',
    access: write,
    input: ById.extend({
      state: z.enum(TICKET_STATES).optional(),
      department: z.string().max(40).optional(),
      priority: z.enum(TICKET_PRIORITIES).optional(),
      assigneeId: idWire('usr').nullable().optional(),
      nodeId: idWire('nod').optional(),
    }),
    output: StaffTicketWire,
    refusals: ['ticket-not-found', 'department-not-found', 'colleague-not-found', 'node-not-found'],
  }),
  settings: operation({
    method: 'GET',
    path: '/v1/admin/support-settings',
    summary: 'Departments and prepared answers of our own brands',
    access: { who: 'staff', permission: 'brands.read' },
    input: z.object({}),
    output: z.object({
      items: z.array(
        z.object({ brandId: idWire('brd'), brandName: z.string(), settings: SettingsWire }),
      ),
    }),
  }),
  saveSettings: operation({
    method: 'PUT',
    path: '/v1/admin/support-settings/{brandId}',
    summary: 'Set departments, prepared answers and how long a closed ticket may be taken up again',
    access: settle,
    input: SettingsWire.extend({ brandId: idWire('brd') }),
    output: z.object({}),
    refusals: ['brand-not-found', 'department-twice', 'department-in-use'],
  }),
};
