-- Reports read other domains' rows by time and by book, and own no tables. Transactions come nearly
-- in order of time, so a block range index finds a month and costs next to nothing to keep.
create index ledger_txn_by_time on ledger_txn using brin (at) with (pages_per_range = 32);
-- All accounts of a book over its branches. No balance in it: changing one stays a HOT update.
create index ledger_account_by_book on ledger_account (book, code, currency);
