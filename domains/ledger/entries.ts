import type { Page } from '#kit/page.ts';
import type { Ctx } from '#platform/context.ts';
import type { LedgerAccount } from './account-balance.ts';
import { selectAccountEntries, selectDocumentEntries } from './store.ts';
import type { LedgerEntry } from './store.ts';

/** One account's entries, newest first: a statement. */
export function entriesOf(
  ctx: Ctx,
  account: LedgerAccount,
  page: { cursor?: string | undefined; limit: number },
): Promise<Page<LedgerEntry>> {
  return selectAccountEntries(ctx, account, page);
}

/** Everything that was posted because of one document, oldest first. */
export function entriesOfDocument(
  ctx: Ctx,
  document: { branch: number; documentId: string },
): Promise<LedgerEntry[]> {
  return selectDocumentEntries(ctx, document.branch, document.documentId);
}
