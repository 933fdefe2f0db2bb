-- A session keeps the plan of a check that it made while accounts and transactions were few, and
-- reads through a whole branch when they are many. `execute` plans by what is there now.
create or replace function ledger_refuse_unrelated() returns trigger language plpgsql as $$
declare
  is_unrelated boolean;
begin
  execute '
    select exists (
      select from (select distinct branch_id, txn_id from written) w
      left join lateral (
        select true as found from ledger_txn t
        where t.branch_id = w.branch_id and t.id = w.txn_id limit 1
      ) t on true
      where t.found is null
    )' into is_unrelated;
  if is_unrelated then
    raise exception 'an entry belongs to no transaction'
      using errcode = 'foreign_key_violation', constraint = 'ledger_entry_of_txn';
  end if;
  execute '
    select exists (
      select from (select distinct branch_id, book, code, currency from written) w
      left join lateral (
        select true as found from ledger_account a
        where a.branch_id = w.branch_id and a.book = w.book and a.code = w.code
          and a.currency = w.currency limit 1
      ) a on true
      where a.found is null
    )' into is_unrelated;
  if is_unrelated then
    raise exception 'an entry belongs to no account'
      using errcode = 'foreign_key_violation', constraint = 'ledger_entry_of_account';
  end if;
  return null;
end $$;
