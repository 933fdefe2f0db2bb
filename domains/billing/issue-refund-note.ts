import { findClient } from '#domains/clients/index.ts';
import { findSeller, isWithin } from '#domains/sellers/index.ts';
import { refuse } from '#kit/refusal.ts';
import { localDate } from '#kit/term.ts';
import type { Ctx } from '#platform/context.ts';
import { contentHash } from './content-hash.ts';
import { refundNoteIssued } from './events.ts';
import { clientAsBuyer, sellerParty } from './party.ts';
import { refundNoteNumber } from './refund-note.ts';
import type { RefundNote } from './refund-note.ts';
import { insertRefundNote, refundNotesOf, selectRefundNote } from './refund-note-store.ts';
import { takeNumbers } from './store.ts';

/** What payments know of money that has gone back. */
export type RefundFacts = Pick<
  RefundNote,
  | 'branch'
  | 'sellerId'
  | 'clientId'
  | 'brandId'
  | 'amountMinor'
  | 'currency'
  | 'refundId'
  | 'paymentId'
  | 'method'
  | 'gatewayRef'
  | 'invoiceNumber'
  | 'creditNoteNumber'
  | 'reason'
> & { paidAt: Temporal.Instant };

/**
 * Issues the document of money that has gone back, in the transaction that notes it. One refund has
 * one; its number, taken last, runs without gap in its seller's series of refunds (rule 11).
 */
export async function issueRefundNote(
  ctx: Ctx,
  { paidAt, ...facts }: RefundFacts,
): Promise<RefundNote> {
  const earlier = (await refundNotesOf(ctx, [facts.refundId])).get(facts.refundId);
  if (earlier) return earlier;
  const seller = await findSeller(ctx, facts.sellerId);
  const client = await findClient(ctx, facts.clientId);
  if (!seller || !client) throw new Error(`${facts.refundId} is of nobody`);
  const issuedOn = localDate(ctx.now, seller.zone);
  const { details: buyer, language } = clientAsBuyer(client);
  const draft = {
    ...facts,
    id: ctx.newId('rfn', facts.branch),
    series: `RF-${issuedOn.year}`,
    issuedAt: ctx.now,
    issuedOn,
    paidOn: localDate(paidAt, seller.zone),
    seller: sellerParty(seller),
    buyer,
    language,
  };
  const series = { sellerId: seller.id, kind: 'refund' as const, year: issuedOn.year };
  const numbered = { ...draft, no: await takeNumbers(ctx, series, 1) };
  const note: RefundNote = { ...numbered, contentHash: contentHash(numbered) };
  await insertRefundNote(ctx, note);
  await ctx.announce(refundNoteIssued, {
    branch: note.branch,
    subject: note.paymentId,
    payload: {
      refundNoteId: note.id,
      number: refundNoteNumber(note),
      refundId: note.refundId,
      clientId: note.clientId,
    },
  });
  return note;
}

/** The client's own; anybody else's is `refund-note-not-found`. */
export async function refundNoteOfClient(ctx: Ctx, id: string): Promise<RefundNote> {
  const note = await selectRefundNote(ctx, id);
  if (ctx.actor.kind !== 'client' || note?.clientId !== ctx.actor.clientId) {
    refuse('refund-note-not-found');
  }
  return note;
}

/** One that the staff's seller or one below it issued. */
export async function refundNoteOfStaff(ctx: Ctx, id: string): Promise<RefundNote> {
  const note = await selectRefundNote(ctx, id);
  if (!note || ctx.actor.kind !== 'staff') refuse('refund-note-not-found');
  const seller = await findSeller(ctx, note.sellerId);
  return seller && isWithin(seller, ctx.actor.sellerId) ? note : refuse('refund-note-not-found');
}
