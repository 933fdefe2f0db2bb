import { z } from 'zod';
import { operation } from '#platform/http/operation.ts';
import { idWire } from '#platform/http/wire.ts';

const input = z.object({
  id: idWire('rfn'),
  language: z.enum(['ru', 'en']).optional().describe('default: the language of the document'),
});
const output = z.file().mime('application/pdf');

/** Documents of money that went back; payments tell which there are. */
export const refundNotes = {
  pdf: operation({
    method: 'GET',
    path: '/v1/refund-notes/{id}/pdf',
    summary: 'The document of a refund as PDF',
    access: { who: 'client', scope: 'invoices.read' },
    transaction: 'own',
    perMinute: 60,
    input,
    output,
    refusals: ['refund-note-not-found'],
  }),
  staffPdf: operation({
    method: 'GET',
    path: '/v1/admin/refund-notes/{id}/pdf',
    summary: 'The document of a refund as PDF',
    access: { who: 'staff', permission: 'payments.read' },
    transaction: 'own',
    input,
    output,
    refusals: ['refund-note-not-found'],
  }),
};
