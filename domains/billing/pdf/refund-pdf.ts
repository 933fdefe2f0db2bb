import { formatDate } from '#kit/format-date.ts';
import { formatMoney } from '#kit/format-money.ts';
import { textsFor } from '#platform/texts.ts';
import type { Texts } from '#platform/texts.ts';
import { refundNoteNumber } from '../refund-note.ts';
import type { RefundNote } from '../refund-note.ts';
import { partyView } from './document-view.ts';
import type { DocumentView } from './document-view.ts';
import { renderPdf } from './render-pdf.ts';

/** The document of a refund as words, laid out as all documents are. */
export function refundView(note: RefundNote, language: 'ru' | 'en', text: Texts): DocumentView {
  const number = refundNoteNumber(note);
  const date = (on: Temporal.PlainDate) => formatDate(on.toString(), language);
  const amount = formatMoney(note.amountMinor, note.currency, language);
  const facts = [
    { name: text('refund.payment'), value: note.paymentId },
    note.gatewayRef ? { name: text('refund.gatewayRef'), value: note.gatewayRef } : null,
    { name: text('document.reason'), value: note.reason },
  ];
  const notes = [
    text('refund.paid', { date: date(note.paidOn) }),
    note.invoiceNumber ? text('refund.invoice', { number: note.invoiceNumber }) : null,
    note.creditNoteNumber ? text('refund.creditNote', { number: note.creditNoteNumber }) : null,
  ];
  return {
    language,
    title: text('refund.title', { number }),
    dated: text('document.of', { date: date(note.issuedOn) }),
    issuer: note.seller.name[language],
    stamp: { text: text('refund.stamp'), tone: 'good' },
    facts: facts.filter((fact) => fact !== null),
    parties: [
      partyView(text('refund.from'), note.seller, language, text),
      partyView(text('refund.to'), note.buyer, language, text),
    ],
    head: {
      no: text('document.no'),
      what: text('refund.what'),
      quantity: '',
      amount: text('document.amount'),
    },
    lines: [
      {
        no: '1',
        what: text('refund.line', { method: note.method[language] }),
        notes: notes.filter((one) => one !== null),
        quantity: '',
        amount,
      },
    ],
    totals: [{ name: text('refund.total'), value: amount, strong: true }],
    bank: null,
    footer: `${number} · ${note.contentHash.slice(0, 16)}`,
    page: text('document.page', { page: '{page}', pages: '{pages}' }),
  };
}

/** The PDF of it, in its own language unless another is wanted. */
export function refundPdf(note: RefundNote, language?: 'ru' | 'en'): File {
  const spoken = language ?? note.language;
  const view = refundView(note, spoken, textsFor('billing', spoken));
  return new File([renderPdf(view, note.issuedAt)], `${refundNoteNumber(note)}-${spoken}.pdf`, {
    type: 'application/pdf',
  });
}
