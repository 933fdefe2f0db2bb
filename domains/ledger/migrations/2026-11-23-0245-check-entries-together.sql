-- A foreign key looks up, and locks, one row for each entry, which costs a renewal run more than
-- writing the entries does. Looked at together, entries cost a tenth of it. The other half of the
-- keys' promise: transactions are append-only already, and now no account goes or is renamed.
alter table ledger_entry drop constraint ledger_entry_of_txn;
alter table ledger_entry drop constraint ledger_entry_of_account;

create function ledger_refuse_unrelated() returns trigger language plpgsql as $$
begin
  -- `limit 1` keeps the planner to one look into the index for each, however large the tables are.
  if exists (
    select from (select distinct branch_id, txn_id from written) w
    left join lateral (
      select true as found from ledger_txn t
      where t.branch_id = w.branch_id and t.id = w.txn_id limit 1
    ) t on true
    where t.found is null
  ) then
    raise exception 'an entry belongs to no transaction'
      using errcode = 'foreign_key_violation', constraint = 'ledger_entry_of_txn';
  end if;
  if exists (
    select from (select distinct branch_id, book, code, currency from written) w
    left join lateral (
      select true as found from ledger_account a
      where a.branch_id = w.branch_id and a.book = w.book and a.code = w.code
        and a.currency = w.currency limit 1
    ) a on true
    where a.found is null
  ) then
    raise exception 'an entry belongs to no account'
      using errcode = 'foreign_key_violation', constraint = 'ledger_entry_of_account';
  end if;
  return null;
end $$;

create trigger ledger_entry_related after insert on ledger_entry
  referencing new table as written
  for each statement execute function ledger_refuse_unrelated();

create trigger ledger_account_stays
  before delete or update of branch_id, book, code, currency on ledger_account
  for each row execute function ledger_refuse_change();
create trigger ledger_account_keep before truncate on ledger_account
  for each statement execute function ledger_refuse_change();
