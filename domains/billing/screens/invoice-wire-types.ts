import type { ApiClient } from '#web/api.ts';

type Invoices = ApiClient['billing']['invoices'];
type AdminInvoices = ApiClient['billing']['adminInvoices'];

/** Documents as the API gives them to the screens. */
export type InvoiceDetail = Awaited<ReturnType<Invoices['get']>>;
export type InvoiceLineView = InvoiceDetail['lines'][number];
export type StaffInvoiceDetail = Awaited<ReturnType<AdminInvoices['get']>>;
/** What the client's page and the staff's show of a document alike. */
export type AnyInvoiceDetail = Omit<InvoiceDetail, 'balance'>;
