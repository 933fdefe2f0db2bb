-- The planner took the index by book to find one account of one branch, and read the operator's
-- deferred revenue of every branch on the way. With the branch in it either index finds the row.
drop index ledger_account_by_book;
create index ledger_account_by_book on ledger_account (book, code, currency, branch_id);
