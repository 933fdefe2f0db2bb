import { z } from 'zod';
import { operation } from '#platform/http/operation.ts';
import { idWire, InstantWire, PageQuery, pageWire } from '#platform/http/wire.ts';

const MessageSummary = z.object({
  id: idWire('msg'),
  clientId: z.string().nullable(),
  to: z.string(),
  subject: z.string(),
  template: z.string(),
  language: z.string(),
  state: z.enum(['queued', 'sent', 'failed']),
  createdAt: InstantWire,
  sentAt: InstantWire.nullable(),
});

export const messagesContract = {
  list: operation({
    method: 'GET',
    path: '/v1/admin/messages',
    summary: 'Mail that went out, newest first',
    access: { who: 'staff', permission: 'messages.read' },
    input: PageQuery.extend({
      clientId: idWire('cli').optional(),
      state: z.enum(['queued', 'sent', 'failed']).optional(),
      search: z.string().trim().max(100).optional(),
    }),
    output: pageWire(MessageSummary),
  }),
  get: operation({
    method: 'GET',
    path: '/v1/admin/messages/{id}',
    summary: 'One mail as it was written',
    access: { who: 'staff', permission: 'messages.read' },
    input: z.object({ id: idWire('msg') }),
    output: MessageSummary.extend({
      text: z.string(),
      attempts: z.int(),
      lastError: z.string().nullable(),
    }),
    refusals: ['message-not-found'],
  }),
  html: operation({
    method: 'GET',
    path: '/v1/admin/messages/{id}/html',
    summary: 'One mail as its reader sees it; a document that may run nothing and load nothing',
    access: { who: 'staff', permission: 'messages.read' },
    input: z.object({ id: idWire('msg') }),
    output: z.file().mime('text/html'),
    refusals: ['message-not-found'],
    transaction: 'own',
  }),
  retry: operation({
    method: 'POST',
    path: '/v1/admin/messages/{id}/retry',
    summary: 'Queue a mail that did not go out once more',
    access: { who: 'staff', permission: 'messages.write' },
    input: z.object({ id: idWire('msg') }),
    output: z.object({ id: idWire('msg') }),
    refusals: ['message-not-found', 'message-already-sent'],
  }),
};

export type MessageWire = z.infer<typeof MessageSummary>;
