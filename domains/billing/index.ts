export type { AddOnChoice } from './add-on-choice.ts';
export { decideSales, saveSales } from './charge-sales.ts';
export type { SaleOutcome } from './charge-sales.ts';
export { chargeUpstream } from './charge-upstream.ts';
export { fullRefundUntil, refundableLines } from './credit-invoice.ts';
export { creditLines } from './credit-lines.ts';
export {
  isChargedBy,
  selectNotesTo as notesTo,
  selectPaidOfPackage as paidForPackage,
} from './list-store.ts';
export type { Discount } from './discount.ts';
export {
  creditNoteIssued,
  invoiceIssued,
  invoiceMadeByHand,
  invoicePaid,
  invoiceVoided,
} from './events.ts';
export { correctionsOf, findInvoice, linesOf } from './find-invoice.ts';
export { dueMinor, invoiceNumber } from './invoice.ts';
export type { Invoice, InvoiceLine } from './invoice.ts';
export { issueInvoice } from './issue-invoice.ts';
export { keptLines, linesOfPackage, quoteOfInvoice } from './package-lines.ts';
export { quoteOfLines } from './make-quote.ts';
export { legsOf } from './leg.ts';
export type { Leg } from './leg.ts';
export { clientAsBuyer } from './party.ts';
export { payFromBalance } from './pay-from-balance.ts';
export { layOutPdf } from './pdf/render-pdf.ts';
export type { PriceList } from './priced-line.ts';
export { unused } from './proration.ts';
export type { InvoiceOrder } from './prepare-invoice.ts';
export { issueRefundNote } from './issue-refund-note.ts';
export { refundNoteNumber } from './refund-note.ts';
export type { RefundNote } from './refund-note.ts';
export { refundNotesOf } from './refund-note-store.ts';
export { quoteFreeLines } from './quote-free-lines.ts';
export { quoteAddOn } from './quote-add-on.ts';
export { componentMoves } from './component-moves.ts';
export type { Moves } from './component-moves.ts';
export { exchangeSale } from './exchange-sale.ts';
export { paidLinesOf } from './paid-lines.ts';
export { quotePlanChange } from './quote-plan-change.ts';
export type { PaidLine, PlanChangeQuote } from './quote-plan-change.ts';
export { quotePackage } from './quote-package.ts';
export { quoteRenewal } from './quote-renewal.ts';
export type { Quote, QuoteLine, QuoteTax } from './quote.ts';
export { billingRoutes } from './routes.ts';
export { settleInvoice } from './settle-invoice.ts';
export { verifyBilling } from './verify.ts';
export { invoiceOfClient, invoiceOfStaff } from './visible-invoice.ts';
export { voidInvoice } from './void-invoice.ts';
