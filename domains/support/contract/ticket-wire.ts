import { z } from 'zod';
import { idWire, InstantWire } from '#platform/http/wire.ts';
import {
  ABOUT_KINDS,
  SUBJECT_CHARS_MAX,
  TICKET_PRIORITIES,
  TICKET_STATES,
} from '../support-words.ts';

export const LocalisedWire = z.object({ ru: z.string(), en: z.string() });

/** One line: it becomes the subject of a mail. */
export const SubjectWire = z
  .string()
  .trim()
  .min(1)
  .max(SUBJECT_CHARS_MAX)
  .regex(/^[^\u0000-\u001f\u007f\u2028\u2029]*$/, 'one line');

export const DepartmentWire = z.object({ key: z.string(), title: LocalisedWire });

export const AboutWire = z.object({
  kind: z.enum(ABOUT_KINDS),
  id: z.string(),
  label: z.string(),
  subscriptionId: z.string().optional(),
  accountId: z.string().optional(),
});

export const TicketWire = z.object({
  id: idWire('tkt'),
  number: z.string(),
  department: DepartmentWire,
  subject: z.string(),
  state: z.enum(TICKET_STATES),
  priority: z.enum(TICKET_PRIORITIES),
  openedBy: z.enum(['client', 'policy']),
  about: AboutWire.nullable(),
  lastBy: z.enum(['client', 'staff', 'system']),
  lastAt: InstantWire,
  createdAt: InstantWire,
  closedAt: InstantWire.nullable(),
});
export type TicketView = z.infer<typeof TicketWire>;

/** Plain text: whoever shows it must not take it for anything else. */
export const TicketMessageWire = z.object({
  id: idWire('tkm'),
  kind: z.enum(['message', 'note']),
  author: z.enum(['client', 'staff', 'system']),
  authorName: z.string(),
  text: z.string(),
  at: InstantWire,
});
export type TicketMessageView = z.infer<typeof TicketMessageWire>;

export const TicketWithTalkWire = TicketWire.extend({
  messages: z.array(TicketMessageWire),
  /** Until when it may be taken up again; null while it is open or when it is too late. */
  reopenableUntil: InstantWire.nullable(),
});
