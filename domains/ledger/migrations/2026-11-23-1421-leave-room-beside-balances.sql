-- Balances change all the time. With room left beside them a change stays on its page and touches
-- no index.
alter table ledger_account set (fillfactor = 60);
