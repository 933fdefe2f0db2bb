import { z } from 'zod';
import { operation } from '#platform/http/operation.ts';
import { idWire, PageQuery, pageWire, textWire } from '#platform/http/wire.ts';
import { staffContract } from './contract/staff-contract.ts';
import {
  DepartmentWire,
  SubjectWire,
  TicketWire,
  TicketWithTalkWire,
} from './contract/ticket-wire.ts';
import { CLIENT_PRIORITIES, TEXT_CHARS_MAX, TICKET_STATES } from './support-words.ts';

const read = { who: 'client', scope: 'support.read' } as const;
const write = { who: 'client', scope: 'support.write' } as const;
const ById = z.object({ id: idWire('tkt') });
/** Not for the audit trail, which the staff of sellers above may read. */
const text = textWire(TEXT_CHARS_MAX);

const AboutChoiceWire = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('package'), id: idWire('sub') }),
  z.object({ kind: z.literal('invoice'), id: idWire('inv') }),
  z.object({ kind: z.literal('finding'), id: idWire('fnd') }),
]);

export const supportContract = {
  departments: operation({
    method: 'GET',
    path: '/v1/tickets/departments',
    summary: 'Who can be asked; the first is asked unless another is named',
    access: read,
    input: z.object({}),
    output: z.object({ items: z.array(DepartmentWire) }),
  }),
  list: operation({
    method: 'GET',
    path: '/v1/tickets',
    summary: 'My tickets, newest first',
    access: read,
    input: PageQuery.extend({ state: z.enum(TICKET_STATES).optional() }),
    output: pageWire(TicketWire),
  }),
  get: operation({
    method: 'GET',
    path: '/v1/tickets/{id}',
    summary: 'One ticket with all that was written',
    access: read,
    input: ById,
    output: TicketWithTalkWire,
    refusals: ['ticket-not-found'],
  }),
  open: operation({
    method: 'POST',
    path: '/v1/tickets',
    summary: 'Ask something',
    access: write,
    perMinute: 6,
    secret: ['subject', 'text'],
    input: z.object({
      department: z.string().max(40).optional(),
      subject: SubjectWire,
      text,
      priority: z.enum(CLIENT_PRIORITIES).default('normal'),
      about: AboutChoiceWire.optional(),
    }),
    output: TicketWire,
    refusals: [
      'department-not-found',
      'too-many-open-tickets',
      'subscription-not-found',
      'invoice-not-found',
      'finding-not-found',
    ],
  }),
  reply: operation({
    method: 'POST',
    path: '/v1/tickets/{id}/replies',
    summary: 'Write on in a ticket',
    access: write,
    perMinute: 12,
    secret: ['text'],
    input: ById.extend({ text }),
    output: TicketWire,
    refusals: ['ticket-not-found', 'ticket-closed'],
  }),
  close: operation({
    method: 'POST',
    path: '/v1/tickets/{id}/close',
    summary: 'Say that nothing is left to be done',
    access: write,
    input: ById,
    output: TicketWire,
    refusals: ['ticket-not-found'],
  }),
  reopen: operation({
    method: 'POST',
    path: '/v1/tickets/{id}/reopen',
    summary: 'Take a closed ticket up again, within the days that the shop gives for it',
    access: write,
    perMinute: 6,
    secret: ['text'],
    input: ById.extend({ text }),
    output: TicketWire,
    refusals: ['ticket-not-found', 'ticket-not-closed', 'ticket-reopen-too-late'],
  }),
  admin: staffContract,
};
